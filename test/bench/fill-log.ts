/**
 * Fills an empty log with the history of the bench, in the order in which it was recorded, many appends at a time.
 *
 *   node fill-log.js LOG-URL FACTS   prints facts a second
 */
import 'reflect-metadata';
import { openEventLog } from '#event-log/open';
import { streamOf } from '#events';
import { asFact, syntheticFacts } from './synthetic-facts.js';

/** As many streams as the log's adapter has under way at a time. */
const IN_FLIGHT = 256;

const [url, count] = process.argv.slice(2) as [string, string];
const facts = syntheticFacts(Number(count)).map(asFact);
const log = await openEventLog(url, { mode: 'write' });
const revisions = new Map<string, number>();
const underWay: Promise<unknown>[] = [];
const started = performance.now();
for (const fact of facts) {
  const stream = streamOf(fact);
  const expectedRevision = revisions.get(stream) ?? -1;
  revisions.set(stream, expectedRevision + 1);
  underWay.push(
    log.append({ stream, expectedRevision, facts: [fact] }).then(({ kind }) => {
      if (kind !== 'appended') throw new Error(`${stream} is not at ${expectedRevision}`);
    }),
  );
  if (underWay.length >= IN_FLIGHT) await underWay.shift();
}
await Promise.all(underWay);
const seconds = (performance.now() - started) / 1000;
await log.close();
process.stdout.write(JSON.stringify({ perSecond: facts.length / seconds }));
