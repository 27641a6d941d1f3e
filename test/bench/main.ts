/**
 * npm run bench [-- FACTS] [--only post,ndjson] [--servers]
 *
 * Prints every figure as a ratio to a limit that was measured in the same run, so that it holds on any machine.
 * FACTS: how long the history is (1,000,000 unless given; 50,000 with --servers). --only measures just the two ways in,
 * or one of them; --servers the same system on EventStoreDB and MongoDB (servers.ts).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ServerProcess } from '../support/server-process.js';
import { againstDuck, asOfTimes, type AsOfTimes } from './as-of.js';
import { columnsCost, hysteresisAgainstDuck } from './hysteresis.js';
import { count, heading, line, timed } from './figures-of.js';
import { bareServer, end, peakMegabytes, posts, program } from './processes.js';
import { serversBench } from './servers.js';
import { asLine, pastDate, syntheticFacts, type SyntheticFact } from './synthetic-facts.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, servers: { type: 'boolean', default: false } },
});
const facts = Number(positionals[0] ?? (values.servers ? 50_000 : 1_000_000));
const folder = await mkdtemp(join(tmpdir(), 'percorso-bench-'));
const inFolder = (name: string) => join(folder, name);

async function writeLines(name: string, lines: readonly SyntheticFact[]): Promise<string> {
  const file = createWriteStream(inFolder(name));
  for (const fact of lines) if (!file.write(`${asLine(fact)}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  return inFolder(name);
}

async function load(server: ServerProcess, file: string): Promise<{ accepted: number; position: string }> {
  const answer = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as { accepted: number; position: string };
}

/** Waits until the read models hold everything up to a position. */
async function caughtUp(server: ServerProcess, position: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${server.url}/v1/stock?after=${position}`);
    await answer.arrayBuffer();
    if (answer.ok) return;
  }
}

async function singlePosts(): Promise<void> {
  heading('Single facts, 64 connections');
  const port = 4_700 + Math.floor(Math.random() * 300);
  const bare = await bareServer(port);
  await posts(`http://127.0.0.1:${port}`, 64, 2, 0);
  const limit = await posts(`http://127.0.0.1:${port}`, 64, 8, 0);
  await end(bare);
  const server = await ServerProcess.start(inFolder('posts'));
  const warm = await posts(server.url, 64, 3, 0);
  const got = await posts(server.url, 64, 8, warm.next);
  await server.stop();
  if (got.failed > 0) throw new Error(`${got.failed} requests failed`);
  line(
    'POST, requests a second',
    count(got.perSecond),
    count(limit.perSecond),
    got.perSecond / limit.perSecond,
    '≥ 0.6',
  );
  line('POST, p99 in ms', got.p99.toFixed(1), limit.p99.toFixed(1), got.p99 / Math.max(limit.p99, 1), '');
}

async function loading(server: ServerProcess, file: string, lines: number): Promise<string> {
  heading('Loading NDJSON over HTTP');
  const { ms, result } = await timed(() => load(server, file));
  if (result.accepted !== lines) throw new Error(`${result.accepted} of ${lines} accepted`);
  const follow = await timed(() => caughtUp(server, result.position));
  const raw = await program<{ perSecond: number }>(
    'raw-load',
    file,
    inFolder('raw-load.db'),
    inFolder('events.db'),
  );
  const perSecond = lines / (ms / 1000);
  line('facts a second', count(perSecond), count(raw.perSecond), perSecond / raw.perSecond, '≥ 0.6');
  console.log(
    `  the read models were ${(follow.ms / 1000).toFixed(1)} s behind when the last fact was stored`,
  );
  return result.position;
}

/** The same five years with a tenth of the facts: what a figure costs there. */
async function smallerHistory(): Promise<AsOfTimes> {
  const history = syntheticFacts(facts / 10);
  const server = await ServerProcess.start(inFolder('smaller'));
  await caughtUp(server, (await load(server, await writeLines('smaller.ndjson', history))).position);
  const times = await asOfTimes(server, pastDate(history));
  await server.stop();
  return times;
}

async function underLoad(server: ServerProcess): Promise<void> {
  heading('POST while a rebuild and an audit replay run (1,000 requests a second)');
  const quiet = await posts(server.url, 16, 8, 2_000_000, 1_000);
  const rebuild = await fetch(`${server.url}/v1/read-models/rebuild`, { method: 'POST' });
  if (!rebuild.ok) throw new Error(`rebuild: ${rebuild.status} ${await rebuild.text()}`);
  const replay = fetch(`${server.url}/v1/audit/replay`).then((answer) => answer.arrayBuffer());
  const busy = await posts(server.url, 16, 8, quiet.next, 1_000);
  await replay;
  line('p99 in ms', busy.p99.toFixed(1), quiet.p99.toFixed(1), busy.p99 / Math.max(quiet.p99, 1), '≤ 3');
}

async function rebuilding(): Promise<void> {
  heading('Rebuilding the read models');
  const own = await program<{ perSecond: number }>(
    'rebuild',
    `sqlite:${inFolder('events.db')}`,
    `sqlite:${inFolder('rebuilt.db')}`,
  );
  const raw = await program<{ perSecond: number }>(
    'raw-rebuild',
    inFolder('events.db'),
    inFolder('rebuilt.db'),
    inFolder('raw-rebuild.db'),
  );
  line('facts a second', count(own.perSecond), count(raw.perSecond), own.perSecond / raw.perSecond, '≥ 0.5');
}

/** Only what is named: `post`, `ndjson`. */
async function waysIn(names: readonly string[]): Promise<void> {
  if (names.includes('post')) await singlePosts();
  if (!names.includes('ndjson')) return;
  const file = await writeLines('all.ndjson', syntheticFacts(facts));
  const server = await ServerProcess.start(folder);
  await loading(server, file, facts);
  await server.stop();
}

async function everything(): Promise<void> {
  await singlePosts();
  const smaller = await smallerHistory();
  const all = syntheticFacts(facts);
  const file = await writeLines('all.ndjson', all);

  let server = await ServerProcess.start(folder);
  await loading(server, file, all.length);
  const knownAt = pastDate(all);

  heading('Figures at a past date');
  const served = await asOfTimes(server, knownAt);
  const loaded = peakMegabytes(server.pid);
  await againstDuck(server, all, knownAt, served, smaller);
  await hysteresisAgainstDuck(server, all, knownAt);
  await underLoad(server);
  const busy = peakMegabytes(server.pid);
  await server.stop();

  const start = await timed(() => ServerProcess.start(folder, { limitMs: 300_000 }));
  server = start.result;
  heading('Memory of the server process at most');
  line(`MB, ${count(all.length)} facts loaded and queried`, count(loaded), '500', loaded / 500, '≤ 1');
  line('MB, with rebuild and replay at once', count(busy), '500', busy / 500, '≤ 1');
  line(
    'MB, started on the loaded files',
    count(peakMegabytes(server.pid)),
    '500',
    peakMegabytes(server.pid) / 500,
    '≤ 1',
  );
  console.log(`  start until the read models are in memory: ${(start.ms / 1000).toFixed(1)} s`);
  await server.stop();
  await columnsCost(inFolder('read-models.db'));
  await rebuilding();
}

try {
  if (values.servers) await serversBench(facts, folder);
  else await (values.only === undefined ? everything() : waysIn(values.only.split(',')));
} finally {
  await rm(folder, { recursive: true, force: true });
}
