import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Sqlite } from '#sqlite';
import { allFacts, collect, numbered } from '../event-log.examples.js';
import { LOG_START, NO_STREAM } from '../event-log.port.js';
import { openSqliteEventLog, type SqliteEventLog } from './sqlite-event-log.js';

describe('reading an event log from SQLite', () => {
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

  async function openLog(mode: 'read' | 'write'): Promise<SqliteEventLog> {
    const log = await openSqliteEventLog(path, { mode });
    open.push(log);
    return log;
  }

  /** Changes the stored file behind the log's back. */
  function tamper(statement: string): void {
    const database = new Sqlite(path);
    database.exec(statement);
    database.close();
  }

  it('says that there is no log before a writer has made one', async () => {
    await expect(openLog('read')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(path) as string,
    });
    await writeFile(path, '');
    await expect(openLog('read')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('sees what a writer stores, without being able to write', async () => {
    const writer = await openLog('write');
    const reader = await openLog('read');
    const request = { stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(3) };
    await writer.append(request);
    expect(await allFacts(reader)).toEqual(await allFacts(writer));
    expect(await reader.head()).toBe(await writer.head());
    expect(reader.stats()).toBeUndefined();
    await expect(reader.append(request)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('reads on after the writer has closed, and when there is none', async () => {
    const writer = await openLog('write');
    await writer.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(3) });
    const early = await openLog('read');
    await writer.close();
    expect(await allFacts(early)).toHaveLength(3);
    expect(await allFacts(await openLog('read'))).toHaveLength(3);
  });

  it('follows a writer that it knows only through the file', async () => {
    const writer = await openLog('write');
    const reader = await openLog('read');
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const page of reader.follow({ after: LOG_START, signal: stop.signal })) {
        seen.push(...page.facts.map((fact) => fact.id));
        if (seen.length === 5) stop.abort();
      }
    })();
    for (let round = 0; round < 5; round += 1) {
      await pause(round * 15);
      await writer.append({
        stream: 'journey-1',
        expectedRevision: round - 1,
        facts: numbered(1, `${round}-`),
      });
    }
    await following;
    expect(seen).toEqual(['0-0', '1-0', '2-0', '3-0', '4-0']);
  });

  it.each(['read', 'write'] as const)(
    'ends a waiting follower with an error when a log opened to %s closes',
    async (mode) => {
      const writer = await openLog('write');
      const log = mode === 'write' ? writer : await openLog('read');
      const following = collect(log.follow({ after: LOG_START, signal: new AbortController().signal }));
      const ended = expect(following).rejects.toMatchObject({ code: 'unavailable' });
      await pause(20);
      await log.close();
      await ended;
    },
  );

  it.each([
    ['data that is no JSON', `UPDATE facts SET data = '{"venue":' WHERE position = 2`],
    ['data that is no object', `UPDATE facts SET data = '[1]' WHERE position = 2`],
    ['attributes that are no JSON', `UPDATE facts SET attributes = 'x' WHERE position = 2`],
    ['a source without a name', `UPDATE facts SET source = 77 WHERE position = 2`],
    ['a lost stream', `UPDATE facts SET stream = 77 WHERE position = 2`],
  ])('reports %s with its position', async (_, statement) => {
    const log = await openLog('write');
    await log.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(3) });
    tamper(statement);
    const corrupt = { code: 'corrupt', message: expect.stringContaining('position 2') as string };
    await expect(allFacts(log)).rejects.toMatchObject(corrupt);
  });

  it.each([{ after: -1 }, { after: 0.5 }, { upTo: Number.NaN }, { pageSize: 0 }, { pageSize: 1.5 }])(
    'refuses to read %p',
    async (range) => {
      const log = await openLog('write');
      await expect(allFacts(log, range)).rejects.toMatchObject({ code: 'invalid' });
    },
  );
});
