import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EventLog, NO_STREAM } from '#event-log';
import { allFacts, DEMANDING_FACTS, exampleFact, numbered } from '#event-log/event-log.examples';
import { openEventLog } from '#event-log/open';
import { type Fact } from '#events';
import { canonicalFact } from '../tools/copy-log/canonical-fact.js';
import { copyLog } from '../tools/copy-log/copy-log.js';
import { EventStoreDouble } from './eventstoredb/event-store-double.js';
import { OwnPart } from './eventstoredb/own-part.js';
import { GIVEN_NODE } from './support/given-node.js';

const run = promisify(execFile);
const OPTIONS = { window: 1, patienceMs: 5_000 };

let folder: string;
let node: EventStoreDouble;
let embedded: string;
let opened: EventLog[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-copy-'));
  node = await EventStoreDouble.start();
  embedded = `sqlite:${join(folder, 'events.db')}`;
  opened = [];
});

afterEach(async () => {
  for (const log of opened) await log.close();
  await node.kill();
  await rm(folder, { recursive: true, force: true });
});

async function open(url: string): Promise<EventLog> {
  const log = await openEventLog(url, { mode: 'write' });
  opened.push(log);
  return log;
}

/** Facts that any log keeps, without the half of a surrogate pair, which has no canonical form and is never accepted. */
const demanding: Fact[] = DEMANDING_FACTS.map((fact) =>
  fact.id === 'data' ? { ...fact, data: { ...fact.data, texts: ['', 'è', '"quoted"\\', '\u2028'] } } : fact,
);

/** Streams that take turns, and one that holds everything a fact can. */
async function fill(log: EventLog, rounds: number): Promise<void> {
  await log.append({ stream: 'demanding', expectedRevision: NO_STREAM, facts: demanding });
  for (let round = 0; round < rounds; round += 1) {
    for (const stream of ['journey-1', 'journey-2', 'web-traffic-2020-05-12']) {
      const facts = numbered(2, `${stream}-${round}-`);
      await log.append({ stream, expectedRevision: 2 * round - 1, facts });
    }
  }
}

const canonical = async (log: EventLog) => (await allFacts(log)).map(canonicalFact);

describe('copying a log', () => {
  it.each([
    ['SQLite', 'EventStoreDB'],
    ['EventStoreDB', 'SQLite'],
  ])('gives every fact of %s to %s, in its order, and goes on where it was', async (from) => {
    const logs = [await open(embedded), await open(node.url)] as const;
    await copyAndGoOn(...(from === 'SQLite' ? logs : ([logs[1], logs[0]] as const)));
  });

  // In a part of it that is nobody else's: it cannot be emptied.
  const onGivenNode = GIVEN_NODE === undefined ? it.skip : it;
  onGivenNode.each([
    ['SQLite', 'the node of EVENT_LOG_URL'],
    ['the node of EVENT_LOG_URL', 'SQLite'],
  ])('does so from %s to %s', async (from) => {
    const real = await open(GIVEN_NODE!);
    const logs = [await open(embedded), (await OwnPart.of(real)).view(real)] as const;
    await copyAndGoOn(...(from === 'SQLite' ? logs : ([logs[1], logs[0]] as const)));
  });

  async function copyAndGoOn(source: EventLog, target: EventLog): Promise<void> {
    await fill(source, 10);
    const stop = new AbortController();
    let appends = 0;
    const breaking: EventLog = Object.assign(Object.create(target) as EventLog, {
      append: (request: Parameters<EventLog['append']>[0]) => {
        if (++appends === 12) stop.abort(new Error('broken off'));
        return target.append(request);
      },
    });
    await expect(copyLog(source, breaking, { ...OPTIONS, signal: stop.signal })).rejects.toThrow(
      'broken off',
    );
    const before = (await allFacts(target)).length;
    expect(before).toBeGreaterThan(10);
    const copied = await copyLog(source, target, OPTIONS);
    expect(copied).toMatchObject({ before, copied: 60 + demanding.length - before });
    expect(await canonical(target)).toEqual(await canonical(source));
    const again = await copyLog(source, target, OPTIONS);
    expect(again).toEqual({ ...copied, before: 60 + demanding.length, copied: 0 });
    await source.append({ stream: 'journey-1', expectedRevision: 19, facts: numbered(1, 'grown') });
    expect(await copyLog(source, target, OPTIONS)).toMatchObject({ copied: 1 });
  }

  it('refuses a target that holds other facts, or more, and leaves it as it is', async () => {
    const [source, target] = [await open(embedded), await open(node.url)];
    await fill(source, 2);
    await target.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: [exampleFact('other')] });
    await expect(copyLog(source, target, OPTIONS)).rejects.toMatchObject({ code: 'other-facts' });
    expect(await allFacts(target)).toHaveLength(1);
    await expect(copyLog(target, source, OPTIONS)).rejects.toMatchObject({ code: 'other-facts' });
  });

  it('notices when somebody else writes to the target', async () => {
    const [source, target] = [await open(embedded), await open(node.url)];
    await source.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(2, 'a') });
    await source.append({ stream: 'journey-2', expectedRevision: NO_STREAM, facts: numbered(2, 'b') });
    const meddled: EventLog = Object.assign(Object.create(target) as EventLog, {
      append: async (request: Parameters<EventLog['append']>[0]) => {
        if (request.stream === 'journey-2') {
          await target.append({ ...request, facts: [exampleFact('meddler')] });
        }
        return target.append(request);
      },
    });
    await expect(copyLog(source, meddled, OPTIONS)).rejects.toMatchObject({ code: 'being-written' });
  });

  it('waits out a restart of the node', async () => {
    const [source, target] = [await open(embedded), await open(node.url)];
    await fill(source, 30);
    const copying = copyLog(source, target, OPTIONS);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await node.kill();
    await node.start();
    await copying;
    expect(await canonical(target)).toEqual(await canonical(source));
  });
});

describe('npm run copy-log', () => {
  const copy = (...args: string[]) =>
    run(process.execPath, ['dist/tools/copy-log/main.js', ...args]).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        output: error.stdout + error.stderr,
      }),
    );

  it('explains itself, copies both ways, and says what is the matter', async () => {
    expect(await copy('--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('--from <url>') as string,
    });
    expect(await copy()).toMatchObject({ code: 2, output: expect.stringContaining('--from') as string });
    const source = await open(embedded);
    await fill(source, 3);
    const count = 18 + demanding.length;
    const there = await copy('--from', embedded, '--to', node.url);
    expect(there).toMatchObject({ code: 0 });
    expect(there.output).toMatch(
      new RegExp(`^${count} facts copied; both logs hold ${count} facts with the SHA-256 [0-9a-f]{64}$`, 'm'),
    );
    const back = `sqlite:${join(folder, 'back.db')}`;
    const returned = await copy('--from', node.url, '--to', back);
    expect(returned.output.match(/[0-9a-f]{64}/)).toEqual(there.output.match(/[0-9a-f]{64}/));
    expect(await canonical(await open(back))).toEqual(await canonical(source));
    const secret = await copy('--from', embedded, '--to', 'esdb://admin:s3cret@127.0.0.1:1?tls=perhaps');
    expect(secret).toMatchObject({ code: 1, output: expect.not.stringContaining('s3cret') as string });
  });
});
