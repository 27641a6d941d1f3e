import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sqlite } from '#sqlite';
import { allFacts, exampleFact } from '../event-log.examples.js';
import { NO_STREAM } from '../event-log.port.js';
import { assertDurable, openForWriting } from './connections.js';
import { toRow } from './fact-row.js';
import { GroupCommitter } from './group-committer.js';
import { settingsOf, type SqliteEventLogOptions } from './settings.js';
import { openSqliteEventLog, type SqliteEventLog } from './sqlite-event-log.js';
import { WriterClient } from './writer-client.js';

describe('writing an event log to SQLite', () => {
  let folder: string;
  let path: string;
  const open: SqliteEventLog[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-log-'));
    path = join(folder, 'log.db');
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((log) => log.close()));
    await rm(folder, { recursive: true });
  });

  async function openLog(options: Partial<SqliteEventLogOptions> = {}): Promise<SqliteEventLog> {
    const log = await openSqliteEventLog(path, { mode: 'write', ...options });
    open.push(log);
    return log;
  }

  const request = (stream: string, count = 1) => ({
    stream,
    expectedRevision: NO_STREAM,
    facts: Array.from({ length: count }, (_, index) => exampleFact(`${stream}/${index}`)),
  });

  const packed = (stream: string, text: string) => ({
    stream,
    expectedRevision: NO_STREAM,
    rows: [toRow(exampleFact(stream, { data: { text } }))],
    bytes: text.length,
  });

  it('flushes every commit to the disk, and notices a connection that would not', () => {
    const database = openForWriting(path, 8);
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.pragma('synchronous = NORMAL');
    expect(() => assertDurable(database)).toThrow(/synchronous is 1/);
    database.close();
  });

  it('puts appends made at the same time into few commits', async () => {
    const log = await openLog();
    await Promise.all(Array.from({ length: 500 }, (_, index) => log.append(request(`journey-${index}`))));
    const stats = log.stats();
    expect(stats).toMatchObject({ appends: 500, facts: 500, waitingFacts: 0, waitingBytes: 0 });
    expect(stats?.commits).toBeLessThan(50);
  });

  it('keeps a commit within its bounds', async () => {
    const byFacts = await openLog({ maxCommitFacts: 10 });
    await Promise.all(Array.from({ length: 40 }, (_, index) => byFacts.append(request(`a-${index}`, 4))));
    // Two appends of four facts fit into ten; a third would not.
    expect(byFacts.stats()?.commits).toBeGreaterThanOrEqual(20);
    await byFacts.close();
    const byBytes = await openLog({ maxCommitBytes: 1 });
    await Promise.all(Array.from({ length: 20 }, (_, index) => byBytes.append(request(`b-${index}`))));
    expect(byBytes.stats()?.commits).toBe(20);
  });

  it.each([{ maxWaitingFacts: 10 }, { maxWaitingBytes: 2_000 }])(
    'turns appends away when more than %p is waiting, and takes them again afterwards',
    async (bound) => {
      const log = await openLog(bound);
      const calls = Array.from({ length: 100 }, (_, index) => log.append(request(`journey-${index}`)));
      const outcomes = await Promise.allSettled(calls);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(100);
      for (const { reason } of refused) expect(reason).toMatchObject({ code: 'overloaded' });
      expect(log.stats()).toMatchObject({ overloaded: refused.length, appends: 100 - refused.length });
      await log.append(request('afterwards', 50));
      expect(await allFacts(log)).toHaveLength(100 - refused.length + 50);
    },
  );

  it('refuses what it could not give back unchanged', async () => {
    const log = await openLog();
    const wrong = [
      { id: 'half \ud83d' },
      { source: '\udfff' },
      { time: Number.NaN },
      { recorded: 0.5 },
      { accepted: 2 ** 53 },
    ];
    for (const changes of wrong) {
      const facts = [exampleFact('x', changes)];
      const call = log.append({ stream: 's', expectedRevision: NO_STREAM, facts });
      await expect(call).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(log.append({ ...request('s'), expectedRevision: -2 })).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await allFacts(log)).toEqual([]);
  });

  it('has one writer only, also when the file is reached by another name', async () => {
    const log = await openLog();
    const locked = { code: 'locked', message: expect.stringContaining(path) as string };
    await expect(openSqliteEventLog(path, { mode: 'write' })).rejects.toMatchObject(locked);
    await symlink(path, join(folder, 'alias.db'));
    await expect(openSqliteEventLog(join(folder, 'alias.db'), { mode: 'write' })).rejects.toMatchObject(
      locked,
    );
    await log.append(request('journey-1'));
    await log.close();
    expect(await allFacts(await openLog())).toHaveLength(1);
  });

  it('does not know the outcome when the writing thread dies, and takes nothing afterwards', async () => {
    const writer = await WriterClient.start(path, settingsOf({ mode: 'write' }), () => undefined);
    const pending = writer.append(request('journey-1'));
    const ended = writer.terminate();
    await expect(pending).rejects.toMatchObject({ code: 'outcome-unknown' });
    await ended;
    await expect(writer.append(request('journey-2'))).rejects.toMatchObject({ code: 'unavailable' });
    await writer.close();
    // The thread's lock went with it.
    const again = await openLog();
    await again.append(request('journey-3'));
  });

  it('stores nothing of a commit that the disk has no room for, and goes on when it has', () => {
    const database = openForWriting(path, 8);
    const committer = new GroupCommitter(database);
    const pages = database.pragma('page_count', { simple: true });
    database.pragma(`max_page_count = ${String(pages)}`);
    const full = committer.commit([packed('a', 'small'), packed('b', 'x'.repeat(100_000))]);
    expect(full).toMatchObject({ kind: 'failed', count: 2, code: 'unavailable' });
    expect(database.prepare('SELECT count(*) FROM facts').pluck().get()).toBe(0);
    database.pragma('max_page_count = 1000000');
    const stored = committer.commit([packed('a', 'small'), packed('b', 'x'.repeat(100_000))]);
    expect(stored).toMatchObject({ kind: 'committed', firstPositions: [1, 2], actualRevisions: [-1, -1] });
    database.close();
  });

  it('opens no file that is something else', async () => {
    await writeFile(path, 'no database at all, only some text that is long enough to be looked at');
    await expect(openLog()).rejects.toMatchObject({ code: 'corrupt' });
    await rm(path);
    const foreign = new Sqlite(path);
    foreign.exec('CREATE TABLE orders (id INTEGER)');
    foreign.close();
    await expect(openLog()).rejects.toMatchObject({ code: 'corrupt' });
    await expect(openLog({ mode: 'read' })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('opens no log of a version that it does not know', async () => {
    await (await openLog()).close();
    const newer = new Sqlite(path);
    newer.pragma('user_version = 99');
    newer.close();
    await expect(openLog()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('99') as string,
    });
  });
});
