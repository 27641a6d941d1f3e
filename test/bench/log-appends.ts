/**
 * Appends of single facts through the adapter and with the bare client, so many in flight at a time: to journeys whose
 * revision is known, and to new ones, whose stream is read first as ingest does. In turns, each for some rounds.
 *
 *   node log-appends.js LOG-URL IN-FLIGHT...   prints appends a second of each
 */
import 'reflect-metadata';
import { EventStoreDBClient, jsonEvent, NO_STREAM as ABSENT } from '@eventstore/db-client';
import { NO_STREAM } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type Fact } from '#events';
import { median } from './figures-of.js';

const ROUNDS = 3;
const ROUND_MS = 1_000;
const WARM_UP_MS = 500;

const [url, ...numbers] = process.argv.slice(2) as [string, ...string[]];
const log = await openEventLog(url, { mode: 'write' });
const client = EventStoreDBClient.connectionString(url);
const run = Date.now();
let next = 0;

function fact(journey: string): Fact {
  const now = Date.now();
  return {
    source: 'https://bench.example/area-web',
    id: `append-${run}-${(next += 1)}`,
    type: 'it.mip.attended.v1',
    subject: journey,
    time: Date.UTC(2020, 4, 5),
    recorded: now,
    accepted: now,
    data: { venue: 'ONLINE-TORINO', meetingId: 'm-1' },
  };
}

async function appendWithAdapter(stream: string, expectedRevision: number): Promise<void> {
  const { kind } = await log.append({ stream, expectedRevision, facts: [fact(stream.slice(8))] });
  if (kind !== 'appended') throw new Error(`${stream} is not at ${expectedRevision}`);
}

async function appendBare(stream: string, expectedRevision: number): Promise<void> {
  const { type, data, ...metadata } = fact(stream.slice(8));
  const event = jsonEvent({ type, data: data as never, metadata: metadata as never });
  const revision = expectedRevision === NO_STREAM ? ABSENT : BigInt(expectedRevision);
  await client.appendToStream(stream, event, { expectedRevision: revision });
}

type Append = typeof appendBare;

/** A sender: one append after the other, as long as `goesOn`; gives how many. */
async function toKnown(append: Append, stream: string, goesOn: () => boolean): Promise<number> {
  let revision = 0;
  for (; goesOn(); revision += 1) await append(stream, revision);
  return revision;
}

async function toNew(append: Append, stream: string, goesOn: () => boolean): Promise<number> {
  let made = 0;
  for (; goesOn(); made += 1) {
    const journey = `${stream}-${made}`;
    if (append === appendWithAdapter && (await log.readStream(journey)).length > 0)
      throw new Error(`${journey} is there`);
    await append(journey, NO_STREAM);
  }
  return made;
}

async function perSecond(
  send: typeof toKnown,
  append: Append,
  inFlight: number,
  ms: number,
): Promise<number> {
  const streams = Array.from({ length: inFlight }, () => `journey-append-${run}-${(next += 1)}`);
  if (send === toKnown) await Promise.all(streams.map((stream) => append(stream, NO_STREAM)));
  const started = performance.now();
  const goesOn = () => performance.now() - started < ms;
  const sent = await Promise.all(streams.map((stream) => send(append, stream, goesOn)));
  return sent.reduce((sum, one) => sum + one, 0) / ((performance.now() - started) / 1000);
}

const KINDS = {
  known: [toKnown, appendWithAdapter],
  bareKnown: [toKnown, appendBare],
  new: [toNew, appendWithAdapter],
  bareNew: [toNew, appendBare],
} as const;

const results: object[] = [];
for (const inFlight of numbers.map(Number)) {
  const rates: Record<string, number[]> = {};
  for (const [send, append] of Object.values(KINDS)) await perSecond(send, append, inFlight, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, [send, append]] of Object.entries(KINDS))
      (rates[name] ??= []).push(await perSecond(send, append, inFlight, ROUND_MS));
  }
  const medians = Object.entries(rates).map(([name, values]) => [name, median(values)]);
  results.push({ inFlight, ...(Object.fromEntries(medians) as object) });
}
await client.dispose();
await log.close();
process.stdout.write(JSON.stringify(results));
