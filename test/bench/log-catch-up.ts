/**
 * Reads a whole log through the adapter, as a rebuild does, and with the bare client; in turns.
 *
 *   node log-catch-up.js LOG-URL   prints facts a second of both, and how many there are
 */
import 'reflect-metadata';
import { EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';
import { LOG_START } from '#event-log';
import { openEventLog } from '#event-log/open';
import { median } from './figures-of.js';

const ROUNDS = 3;
/** Of the projector. */
const PAGE_SIZE = 4_000;

const [url] = process.argv.slice(2) as [string];
const log = await openEventLog(url, { mode: 'read' });
const client = EventStoreDBClient.connectionString(url);

async function throughAdapter(): Promise<number> {
  let facts = 0;
  for await (const page of log.readAll({ after: LOG_START, pageSize: PAGE_SIZE })) facts += page.facts.length;
  return facts;
}

async function bare(): Promise<number> {
  let facts = 0;
  for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: START })) {
    if (event?.type.startsWith('it.mip.')) facts += 1;
  }
  return facts;
}

const seconds = { adapter: [] as number[], bare: [] as number[] };
let facts = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, read] of [
    ['adapter', throughAdapter],
    ['bare', bare],
  ] as const) {
    const started = performance.now();
    const found = await read();
    seconds[name].push((performance.now() - started) / 1000);
    if (facts > 0 && found !== facts) throw new Error(`${found} facts read, then ${facts}`);
    facts = found;
  }
}
await client.dispose();
await log.close();
process.stdout.write(
  JSON.stringify({ facts, adapter: facts / median(seconds.adapter), bare: facts / median(seconds.bare) }),
);
