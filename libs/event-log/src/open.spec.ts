import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFact } from './event-log.examples.js';
import { NO_STREAM } from './event-log.port.js';
import { openEventLog, writerStats } from './open.js';

describe('openEventLog', () => {
  it.each(['sqlite:', 'sqlite://'])('opens a file by %sPATH', async (prefix) => {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-log-'));
    const log = await openEventLog(`${prefix}${join(folder, 'log.db')}`, { mode: 'write' });
    await log.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: [exampleFact('a')] });
    const reader = await openEventLog(`sqlite:${join(folder, 'log.db')}`, { mode: 'read' });
    expect(await reader.readStream('journey-1')).toHaveLength(1);
    expect(writerStats(log)).toMatchObject({ facts: 1, commits: 1 });
    expect(writerStats(reader)).toBeUndefined();
    await reader.close();
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('says at which path no log can be created', async () => {
    const path = '/proc/percorso/logs/log.db';
    await expect(openEventLog(`sqlite:${path}`, { mode: 'write' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(path) as string,
    });
  });

  it.each([
    ['esdb://admin:changeit@node?tslCaFile=x', /no connection option "tslCaFile"/],
    ['mongodb://localhost', /possible are sqlite:PATH/],
    ['/var/lib/log.db', /possible are sqlite:PATH/],
    ['', /possible are sqlite:PATH/],
    ['sqlite:', /needs a file/],
    ['sqlite::memory:', /needs a file/],
  ])('refuses %p and says what is possible', async (url, message) => {
    await expect(openEventLog(url, { mode: 'write' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message) as string,
    });
  });
});
