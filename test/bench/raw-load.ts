/**
 * The limit for loading: one thread that reads a file of events, parses and checks each, and inserts the same rows
 * as the log does, 2,000 a commit. No HTTP, no look at known ids, no answer to anybody.
 *
 *   node raw-load.js FILE DATABASE   prints facts a second
 */
import 'reflect-metadata';
import { Sqlite } from '#sqlite';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { loadCatalogue } from '#catalogue';
import { checkEvent, toFact, streamOf, type Fact } from '#events';
import { groupHash } from './raw-hash.js';

const [file, path, schemaOf] = process.argv.slice(2) as [string, string, string];
const ROWS_A_COMMIT = 2_000;

const template = new Sqlite(schemaOf, { readonly: true });
const schema = template
  .prepare<[], { sql: string }>(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
  )
  .all();
template.close();

const database = new Sqlite(path);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.pragma('cache_size = -131072');
database.pragma('wal_autocheckpoint = 20000');
for (const { sql } of schema) database.exec(sql);

const insertStream = database.prepare('INSERT INTO streams (number, hash, name) VALUES (?, ?, ?)');
const insertFact = database.prepare('INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
const streams = new Map<string, { number: number; next: number }>();
let position = 0;

function insert(fact: Fact): void {
  const name = streamOf(fact);
  let stream = streams.get(name);
  if (!stream) {
    stream = { number: streams.size + 1, next: 0 };
    streams.set(name, stream);
    insertStream.run(stream.number, groupHash(name), name);
  }
  const { time, recorded, accepted, id, subject, data } = fact;
  const row = [++position, stream.number, stream.next++, 1, 2, time, recorded, accepted, id, subject ?? null];
  insertFact.run(...row, JSON.stringify(data), null);
}

const context = { catalogue: loadCatalogue(), now: Date.now(), mayImport: true };
const started = performance.now();
database.exec('BEGIN');
for await (const line of createInterface({ input: createReadStream(file) })) {
  const checked = checkEvent(JSON.parse(line), context);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  insert(toFact(checked.event, { recorded: checked.event.recordedTime!, accepted: context.now }));
  if (position % ROWS_A_COMMIT === 0) database.exec('COMMIT; BEGIN');
}
database.exec('COMMIT');
process.stdout.write(JSON.stringify({ perSecond: position / ((performance.now() - started) / 1000) }));
