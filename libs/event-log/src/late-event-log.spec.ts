import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFact } from './event-log.examples.js';
import { NO_STREAM } from './event-log.port.js';
import { openEventLog, openEventLogOrWait } from './open.js';

describe('a log that is not there yet', () => {
  let folder: string;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-late-'));
    url = `sqlite:${join(folder, 'log.db')}`;
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is unavailable until somebody makes it, then is read as any other', async () => {
    const reader = await openEventLogOrWait(url, { mode: 'read' });
    const away = { name: 'EventLogError', code: 'unavailable' };
    await expect(reader.head()).rejects.toMatchObject(away);
    await expect(reader.readStream('journey-1')).rejects.toMatchObject(away);
    await expect(reader.readAll({ after: 0 })[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
    const writer = await openEventLog(url, { mode: 'write' });
    await writer.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: [exampleFact('a')] });
    expect(await reader.head()).toBe(1);
    expect(await reader.readStream('journey-1')).toHaveLength(1);
    for await (const page of reader.readAll({ after: 0 })) expect(page.facts).toHaveLength(1);
    await reader.close();
    await expect(reader.head()).rejects.toMatchObject(away);
    await writer.close();
  });

  it('is not waited for when it is something else, or cannot be made', async () => {
    await writeFile(join(folder, 'log.db'), 'no log\n'.repeat(1000));
    await expect(openEventLogOrWait(url, { mode: 'read' })).rejects.toMatchObject({ code: 'corrupt' });
    await expect(openEventLogOrWait('sqlite:', { mode: 'read' })).rejects.toMatchObject({ code: 'invalid' });
    const below = `sqlite:${join(folder, 'log.db', 'below.db')}`;
    await expect(openEventLogOrWait(below, { mode: 'write' })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
