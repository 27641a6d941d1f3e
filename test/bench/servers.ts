/**
 * npm run bench -- --servers [FACTS]
 *
 * The adapters of EventStoreDB and MongoDB beside their bare clients on the same servers. MongoDB: the one of
 * READ_MODEL_URL, or one that PERCORSO_MONGODB starts. EventStoreDB: the node of EVENT_LOG_URL, which has to be empty and
 * keeps the facts of the bench; else the stand-in of the tests, and the output says so.
 */
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { LOG_START } from '#event-log';
import { openEventLog } from '#event-log/open';
import { MongodbServer } from '#read-models/testing/mongodb-server';
import { EventStoreProcess } from '../support/event-store-process.js';
import { ServerProcess } from '../support/server-process.js';
import { type AsOfTimes, asOfTimes } from './as-of.js';
import { count, heading, line, timed } from './figures-of.js';
import { program } from './processes.js';
import { pastDate, syntheticFacts } from './synthetic-facts.js';

const IN_FLIGHT = ['1', '32', '256'];
const { EVENT_LOG_URL = '', READ_MODEL_URL = '', PERCORSO_MONGODB = '' } = process.env;

interface Log {
  readonly url: string;
  end(): Promise<void>;
}

/** Rates and seconds of one run are told beside each other; `goal` is what the ratio is to reach. */
const rates = (what: string, own: number, limit: number, goal = '') =>
  line(what, count(own), count(limit), own / limit, goal);

async function startLog(folder: string): Promise<Log> {
  if (!/^esdb(\+discover)?:/i.test(EVENT_LOG_URL)) {
    const node = await EventStoreProcess.start(join(folder, 'node'));
    console.log(
      'Log: the stand-in for EventStoreDB that the tests use, since EVENT_LOG_URL names no node. What is said of\n' +
        'appends and catch-up compares the adapter with the bare client; it says nothing of how fast a node is.',
    );
    return { url: node.url, end: () => node.kill() };
  }
  const log = await openEventLog(EVENT_LOG_URL, { mode: 'read' });
  const head = await log.head();
  await log.close();
  if (head !== LOG_START)
    throw new Error('the node of EVENT_LOG_URL holds facts already; the bench needs an empty one');
  console.log('Log: the EventStoreDB node of EVENT_LOG_URL; the facts of the bench stay there.');
  return { url: EVENT_LOG_URL, end: async () => undefined };
}

async function startMongodb(): Promise<MongodbServer> {
  const isGiven = /^mongodb(\+srv)?:/i.test(READ_MODEL_URL);
  if (!isGiven && PERCORSO_MONGODB === '')
    throw new Error(
      'the bench needs a MongoDB: READ_MODEL_URL=mongodb://… or PERCORSO_MONGODB=PROGRAM that starts one',
    );
  console.log(
    `Read models: ${isGiven ? 'the MongoDB of READ_MODEL_URL' : 'the server that PERCORSO_MONGODB starts'}.`,
  );
  return MongodbServer.start();
}

async function catchUp(log: string): Promise<void> {
  heading('Reading the whole log (the limit: the bare client reads $all)');
  const { adapter, bare, facts } = await program<{ adapter: number; bare: number; facts: number }>(
    'log-catch-up',
    log,
  );
  rates(`catch-up over ${count(facts)} facts, a second`, adapter, bare, '≥ 0.7');
}

/** Rebuilds into databases and files; gives where the read models of the log are. */
async function rebuilds(log: string, file: string, mongodb: MongodbServer, folder: string) {
  heading('Rebuilding the read models (the limit: bulk writes of the same documents)');
  const rebuild = (from: string, to: string) =>
    program<{ perSecond: number; facts: number }>('rebuild', from, to);
  const database = mongodb.url();
  const dropped = [database, mongodb.url(), mongodb.url()] as const;
  const own = await rebuild(log, database);
  const raw = await program<{ seconds: number; documents: number }>('raw-documents', database, dropped[1]);
  const fromFile = await rebuild(file, dropped[2]);
  const limit = own.facts / raw.seconds;
  rates('EventStoreDB to MongoDB, facts a second', own.perSecond, limit, '≥ 0.5');
  rates('a file to MongoDB, facts a second', fromFile.perSecond, limit, '≥ 0.5');
  const models = `sqlite:${join(folder, 'models.db')}`;
  const beside = await rebuild(log, models);
  console.log(
    `  ${count(raw.documents)} documents; from EventStoreDB to a file: ${count(beside.perSecond)} facts a second`,
  );
  return { database, models, dropped };
}

async function asOf(
  log: string,
  models: string,
  knownAt: number,
): Promise<{ startMs: number; times: AsOfTimes }> {
  const env = { EVENT_LOG_URL: log, READ_MODEL_URL: models };
  const { ms, result: query } = await timed(() => ServerProcess.start('', { app: 'query', env }));
  try {
    return { startMs: ms, times: await asOfTimes(query, knownAt) };
  } finally {
    await query.stop();
  }
}

async function pastFigures(log: string, database: string, models: string, knownAt: number): Promise<void> {
  heading('Monthly figures at a past date, MongoDB beside SQLite (ms)');
  const [mongodb, sqlite] = [await asOf(log, database, knownAt), await asOf(log, models, knownAt)];
  const row = (what: string, own: number, other: number) =>
    line(what, `${own.toFixed(1)} ms`, `${other.toFixed(1)} ms`, own / other, 'beside it');
  for (const [what, ms] of mongodb.times) row(what, ms, sqlite.times.get(what)!);
  row('start of a query process', mongodb.startMs, sqlite.startMs);
}

async function appends(log: string): Promise<void> {
  heading('Appends of single facts, a second (the limit: the bare client)');
  type Rates = Record<'inFlight' | 'known' | 'bareKnown' | 'new' | 'bareNew', number>;
  for (const found of await program<Rates[]>('log-appends', log, ...IN_FLIGHT)) {
    rates(`${found.inFlight} in flight, revision known`, found.known, found.bareKnown, '≥ 0.8');
    rates(`${found.inFlight} in flight, new journeys`, found.new, found.bareNew, 'beside it');
  }
}

/** @param folder for what is kept in files; the caller removes it */
export async function serversBench(facts: number, folder: string): Promise<void> {
  const mongodb = await startMongodb();
  let log: Log | undefined;
  let databases: readonly string[] = [];
  try {
    log = await startLog(folder);
    const file = `sqlite:${join(folder, 'log.db')}`;
    for (const url of [log.url, file]) await program('fill-log', url, String(facts));
    await catchUp(log.url);
    const { database, models, dropped } = await rebuilds(log.url, file, mongodb, folder);
    databases = dropped;
    await pastFigures(log.url, database, models, pastDate(syntheticFacts(facts)));
    await appends(log.url);
  } finally {
    for (const url of databases) await drop(url);
    await log?.end();
    await mongodb.stop();
  }
}

async function drop(url: string): Promise<void> {
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}
