import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog, NO_STREAM } from '#event-log';
import { exampleFact } from '#event-log/event-log.examples';
import { openEventLog } from '#event-log/open';
import { demoHistory } from '#history';
import { ConfigError } from '#http';
import { holdsHistory } from './history-in-log.js';

const history = demoHistory().slice(0, 3);
const facts = history.map(({ source, id, type, subject }) => exampleFact(id, { source, type, subject }));
const visitor = exampleFact('a-visitor');

describe('holdsHistory', () => {
  let folder: string;
  let log: EventLog;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-demo-'));
    log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  const store = (...given: typeof facts) =>
    log.append({ stream: 'journey-J-1', expectedRevision: NO_STREAM, facts: given });

  it('is false for an empty log and for a part of the history', async () => {
    expect(await holdsHistory(log, history)).toBe(false);
    await store(...facts.slice(0, 2));
    expect(await holdsHistory(log, history)).toBe(false);
  });

  it('is true for the whole history, in any order, and whatever was added after it', async () => {
    await store(...facts.toReversed(), visitor);
    expect(await holdsHistory(log, history)).toBe(true);
  });

  it.each([
    ['alone', [visitor]],
    ['before the history is complete', [...facts.slice(0, 2), visitor, ...facts.slice(2)]],
  ])('refuses a log with another fact %s, by the name of its setting', async (_where, given) => {
    await store(...given);
    const refused = holdsHistory(log, history);
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    await expect(refused).rejects.toThrow(/^EVENT_LOG_URL must be .*it\.mip\.attended\.v1 of \/area-web/);
  });
});
