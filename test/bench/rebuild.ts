/**
 * Rebuilds the read models of a log into a new place with the real runner and prints facts a second.
 *
 *   node rebuild.js LOG-URL READ-MODELS-URL
 */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { loadCatalogue } from '#catalogue';
import { openEventLog } from '#event-log/open';
import { ProjectionRunner } from '#projections';
import { openReadModels } from '#read-models/open';

const [logUrl, modelsUrl] = process.argv.slice(2) as [string, string];
const log = await openEventLog(logUrl, { mode: 'read' });
const store = await openReadModels(modelsUrl);
const head = await log.head();
const runner = new ProjectionRunner({ log, store, catalogue: loadCatalogue() });
const stop = new AbortController();
const started = performance.now();
const running = runner.run(stop.signal);
for (;;) {
  const { projections } = await runner.status();
  // A log can hold more than facts behind its last fact.
  if (projections.length > 0 && projections.every(({ position }) => position >= head)) break;
  await pause(5);
}
const seconds = (performance.now() - started) / 1000;
const { factsFolded: facts } = await runner.status();
stop.abort();
await running;
await store.close();
await log.close();
process.stdout.write(JSON.stringify({ perSecond: facts / seconds, facts }));
