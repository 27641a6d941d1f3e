import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type Fact } from '#events';
import { type ReadModelStore } from '#read-models';
import { openReadModels } from '#read-models/open';
import { appendAll, randomHistory } from './testing/random-history.js';
import { Running, runToEnd } from './testing/running.js';

const catalogue = loadCatalogue();
const HISTORY = randomHistory(60, 7);

describe('read models that were made of another log', () => {
  let folder: string;
  let store: ReadModelStore;
  const logs: EventLog[] = [];

  const logOf = async (facts: readonly Fact[]) => {
    const log = await openEventLog(`sqlite:${join(folder, `events-${logs.length}.db`)}`, { mode: 'write' });
    logs.push(log);
    await appendAll(log, facts);
    return log;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-other-log-'));
    store = await openReadModels(`sqlite:${join(folder, 'models.db')}`);
    await runToEnd({ log: await logOf(HISTORY), store, catalogue });
  });

  afterEach(async () => {
    await store.close();
    for (const log of logs.splice(0)) await log.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['shorter', HISTORY.slice(0, 20), /the log ends at \d+, before \d+/],
    ['empty', [], /made of another one/],
    ['as long, with other facts', randomHistory(60, 8), /made of another one/],
  ])('stand still and say why on one that is %s', async (_, facts, detail) => {
    const before = await store.models();
    const running = new Running({ log: await logOf(facts), store, catalogue });
    const { projections, active } = await running.until(
      (status) =>
        status.projections.length > 0 && status.projections.every(({ problem }) => problem !== null),
    );
    expect(active).toBe(true);
    for (const { problem } of projections) expect(problem!.detail).toMatch(detail);
    await running.stop();
    expect(await store.models()).toEqual(before);
  });

  it('go on with a copy of the same one', async () => {
    const copy = await logOf(HISTORY);
    const { projections } = await runToEnd({ log: copy, store, catalogue });
    expect(projections.every(({ problem }) => problem === null)).toBe(true);
  });
});

describe('a lease that cannot be given back', () => {
  it('does not hide why the projector ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-unreleased-'));
    const log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
    const store = await openReadModels(`sqlite:${join(folder, 'models.db')}`);
    const reported: string[] = [];
    const failing = Object.assign(Object.create(store) as ReadModelStore, {
      models: () => Promise.reject(new Error('the store is full')),
      release: () => Promise.reject(new Error('the store is away')),
    });
    const report = (_level: string, message: string, details?: object) =>
      void reported.push(`${message} ${JSON.stringify(details)}`);
    const running = new Running({ log, store: failing, catalogue, report });
    await running.until(() => reported.some((line) => line.startsWith('the projector begins again')));
    await running.stop();
    expect(reported.join('\n')).toContain('the projector begins again {"reason":"the store is full"}');
    expect(reported.join('\n')).toContain('the lease could not be given back');
    await store.close();
    await log.close();
    await rm(folder, { recursive: true });
  });
});
