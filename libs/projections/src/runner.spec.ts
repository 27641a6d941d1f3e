import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue, parseCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type Fact, fullType } from '#events';
import { entriesOf } from '#measures';
import { type ModelRow, type ReadModelStore } from '#read-models';
import { openReadModels } from '#read-models/open';
import { ALL_PROJECTIONS } from './all-projections.js';
import { foldedFactOf, readFactRow } from './fact-rows.js';
import { type Projection } from './projection.js';
import { type RunnerLog } from './runner-options.js';
import { interceptedStore } from './testing/intercepted-store.js';
import { appendAll, randomHistory } from './testing/random-history.js';
import { isCaughtUp, Running, runToEnd, servedRows } from './testing/running.js';

const catalogue = loadCatalogue();
const HISTORY = randomHistory(500, 20_201);

let folder: string;
let log: EventLog;
let storeCount = 0;
const stores: ReadModelStore[] = [];

async function newStore(): Promise<ReadModelStore> {
  return anotherOf(`sqlite:${join(folder, `models-${(storeCount += 1)}.db`)}`);
}

async function anotherOf(url: string): Promise<ReadModelStore> {
  const store = await openReadModels(url);
  stores.push(store);
  return store;
}

async function logOf(facts: readonly Fact[], name: string): Promise<EventLog> {
  const opened = await openEventLog(`sqlite:${join(folder, `${name}.db`)}`, { mode: 'write' });
  await appendAll(opened, facts);
  return opened;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-runner-'));
  log = await logOf(HISTORY, 'events');
});

afterAll(async () => {
  await log.close();
  for (const store of stores) await store.close();
  await rm(folder, { recursive: true });
});

/** A store that fails once, at its n-th writing call: before or after the call was carried out. */
function failingAt(store: ReadModelStore, failAt: number, before: boolean) {
  const state = { calls: 0 };
  const failing = interceptedStore(store, async (work) => {
    state.calls += 1;
    const fails = state.calls === failAt;
    if (fails && before) throw new Error('the process dies here');
    const result = await work();
    if (fails) throw new Error('the process dies here');
    return result;
  });
  return { store: failing, hasFailed: () => state.calls >= failAt };
}

describe('the projection runner', () => {
  let undisturbed: Record<string, readonly ModelRow[]>;

  beforeAll(async () => {
    const store = await newStore();
    await runToEnd({ log, store, catalogue });
    undisturbed = await servedRows(store);
  });

  it('keeps every fact, and entries that are those of the definitions', () => {
    const { journeys = [], meetings = [], contacts = [], web_traffic: web = [] } = undisturbed;
    expect(journeys.length + meetings.length + contacts.length + web.length).toBe(HISTORY.length);
    for (const rows of [journeys, meetings, contacts, web]) {
      expect(rows.length).toBeGreaterThan(5);
      expect(rows.some((row) => readFactRow(row).retracts !== null)).toBe(true);
      for (const row of rows) {
        const { position: _p, group: _g, name: _n, retracts: _r, ...fact } = readFactRow(row);
        expect(fact).toEqual(HISTORY.find(({ id }) => id === fact.id));
      }
    }
    const facts = journeys.map(foldedFactOf);
    const groups = [...new Set(facts.map(({ group }) => group))];
    const entries = groups.flatMap((group) =>
      entriesOf(
        facts.filter((fact) => fact.group === group),
        {},
        catalogue,
      ),
    );
    const delta = (undisturbed['monthly_funnel'] ?? []).reduce((sum, { cells }) => sum + Number(cells[5]), 0);
    expect(entries.length).toBeGreaterThan(50);
    expect(delta).toBe(entries.length);
  });

  it.each([1, 97, 500])('writes the same rows in pages of %d', async (pageSize) => {
    const store = await newStore();
    await runToEnd({ log, store, catalogue, pageSize });
    expect(await servedRows(store)).toEqual(undisturbed);
  });

  it('writes the same rows when it dies at any call of the store and begins again', async () => {
    const facts = HISTORY.slice(0, 120);
    const short = await logOf(facts, 'short');
    const store = await newStore();
    await runToEnd({ log: short, store, catalogue });
    const expected = await servedRows(store);
    for (const before of [true, false]) {
      let at = 0;
      for (let failed = true; failed;) {
        at += 1;
        const own = await newStore();
        const failing = failingAt(own, at, before);
        const pageSize = 40;
        // The runner begins again by itself, from what the store holds.
        await runToEnd({ log: short, store: failing.store, catalogue, pageSize });
        failed = failing.hasFailed();
        expect(await servedRows(own)).toEqual(expected);
        await own.close();
      }
      expect(at).toBeGreaterThan(20);
    }
    await short.close();
  }, 60_000);

  it('goes on after a stop in the middle, with other pages', async () => {
    const store = await newStore();
    const first = new Running({ log, store, catalogue, pageSize: 10 });
    await first.until(({ factsFolded }) => factsFolded >= 100);
    await first.stop();
    const half = await servedRows(store);
    expect(half['journeys']!.length).toBeLessThan(undisturbed['journeys']!.length);
    await runToEnd({ log, store, catalogue, pageSize: 33 });
    expect(await servedRows(store)).toEqual(undisturbed);
  });

  it('takes in facts that come while it runs', async () => {
    const live = await logOf(HISTORY.slice(0, 100), 'live');
    const store = await newStore();
    const running = new Running({ log: live, store, catalogue });
    await running.until(isCaughtUp);
    const late = HISTORY.slice(100, 200).map((fact) => ({
      ...fact,
      subject: fact.subject && `x-${fact.subject}`,
    }));
    await appendAll(
      live,
      late.filter(({ subject, type }) => subject !== undefined && type !== fullType('retracted')),
    );
    await running.until((status) => status.factsFolded > 150 && isCaughtUp(status));
    await running.stop();
    expect((await servedRows(store))['journeys']!.length).toBeGreaterThan(100);
    await live.close();
  });

  describe('with a fact that cannot be folded', () => {
    const stray: Fact = {
      source: '/elsewhere',
      id: 'stray',
      type: fullType('retracted'),
      subject: 'J-1',
      time: 1_590_000_000_000,
      recorded: 1_590_000_000_000,
      accepted: 1_590_000_000_000,
      data: { source: '/nobody', id: 'nothing', reason: 'other' },
    };
    const good = HISTORY.slice(0, 60);
    const rest = HISTORY.slice(60, 90).filter(({ subject }) => subject === undefined);

    it.each([1, 7, 500])(
      'stops the projection before it, visibly, and no other (pages of %d)',
      async (pageSize) => {
        const own = await openEventLog(`sqlite:${join(folder, `stray-${pageSize}.db`)}`, { mode: 'write' });
        await appendAll(own, good);
        const lastGood = await own.head();
        const revision = good.filter(({ subject }) => subject === 'J-1').length - 1;
        await own.append({ stream: 'journey-J-1', expectedRevision: revision, facts: [stray] });
        await appendAll(own, rest.filter(({ type }) => type === fullType('web-traffic')).map(moved));
        const store = await newStore();
        const told: string[] = [];
        const report: RunnerLog = (level, message) => void (level === 'error' && told.push(message));
        const status = await runToEnd({ log: own, store, catalogue, pageSize, report });
        const stopped = status.projections.filter(({ problem }) => problem !== null);
        expect(stopped.map(({ name, position }) => [name, position])).toEqual([
          ['journeys', lastGood],
          ['monthly_funnel', lastGood],
        ]);
        expect(told).toHaveLength(2);
        const infos = (await store.models()).filter(({ problem }) => problem !== null);
        expect(infos.map(({ projection }) => projection)).toEqual(['journeys', 'monthly_funnel']);
        expect(infos[0]?.problem?.detail).toContain('not there');
        const rows = await servedRows(store);
        const positions = new Set(undisturbed['journeys']!.map(({ position }) => position));
        expect(rows['journeys']!.filter(({ position }) => positions.has(position))).toEqual(
          undisturbed['journeys']!.filter(({ position }) => position <= lastGood),
        );
        expect(status.projections.find(({ name }) => name === 'web_traffic')?.position).toBe(status.head);
        await own.close();
      },
    );

    const moved = (fact: Fact, index: number): Fact => ({
      ...fact,
      time: fact.time + (5000 + index) * 86_400_000,
    });

    it('says so too when the fact cannot even be read', async () => {
      const own = await logOf(good, 'unreadable');
      const unknown = { ...stray, type: 'it.mip.teleported.v1' };
      await own.append({ stream: 'contact-handled-2030-01-01', expectedRevision: -1, facts: [unknown] });
      const status = await runToEnd({ log: own, store: await newStore(), catalogue });
      const stopped = status.projections.filter(({ problem }) => problem !== null);
      expect(stopped.map(({ name }) => name)).toEqual(['contacts']);
      expect(stopped[0]?.problem?.detail).toContain('teleported');
      await own.close();
    });
  });

  it('tells only the kind of an error that may quote a fact', async () => {
    const telling = () => {
      throw new TypeError('Rosa Bianchi is no number');
    };
    const projections = ALL_PROJECTIONS.map((one) =>
      one.name === 'journeys' ? { ...one, folds: { ...one.folds, registered: telling } } : one,
    );
    const reports: unknown[] = [];
    const status = await runToEnd({
      log,
      store: await newStore(),
      catalogue,
      projections,
      report: (...told) => reports.push(told),
    });
    const problem = status.projections.find(({ name }) => name === 'journeys')?.problem;
    expect(problem?.detail).toBe(`the fact at position ${problem?.position} cannot be taken in: TypeError`);
    expect(JSON.stringify([status, reports])).not.toContain('Rosa');
  });

  describe('with models that another version or catalogue made', () => {
    const bumped = (...names: string[]): Projection[] =>
      ALL_PROJECTIONS.map((one) => (names.includes(one.name) ? { ...one, version: one.version + 1 } : one));

    const changed = parseCatalogue({
      ...catalogue.describe(),
      venues: catalogue.describe().venues.map((venue) => ({ ...venue, territory: 'CN' })),
    });

    async function afterTakeOver(options: { projections?: Projection[]; catalogue?: typeof catalogue }) {
      const store = await newStore();
      await runToEnd({ log, store, catalogue });
      const before = await store.models();
      const reports: string[] = [];
      const running = new Running({
        log,
        store,
        catalogue,
        ...options,
        report: (_level, message) => reports.push(message),
      });
      const isDone = () => reports.some((message) => message.includes('took over'));
      await running.until((status) => isDone() && isCaughtUp(status));
      await running.stop();
      return { store, before, reports };
    }

    it.each([[['monthly_funnel']], [['journeys']], [['journeys', 'monthly_funnel', 'contacts']]])(
      'builds version 2 of %j beside them and lets it take over',
      async (names) => {
        const projections = bumped(...names);
        const { store, before, reports } = await afterTakeOver({ projections });
        expect(await servedRows(store, projections)).toEqual(undisturbed);
        const states = (await store.models()).map(({ projection, version, state }) => [
          projection,
          version,
          state,
        ]);
        for (const name of names) {
          expect(states).toContainEqual([name, 1, 'retired']);
          expect(states).toContainEqual([name, 2, 'serving']);
        }
        expect(states).toHaveLength(before.length + names.length);
        expect(reports.filter((message) => message.startsWith('compared'))).toHaveLength(names.length);
        await runToEnd({ log, store, catalogue, projections });
        expect((await store.models()).map(({ state }) => state)).toEqual(before.map(() => 'serving'));
      },
    );

    it('rebuilds all of them with a changed catalogue, as if it had been that one from the start', async () => {
      const { store } = await afterTakeOver({ catalogue: changed });
      const fresh = await newStore();
      await runToEnd({ log, store: fresh, catalogue: changed });
      const rows = await servedRows(store);
      expect(rows).toEqual(await servedRows(fresh));
      expect(rows['monthly_funnel']).not.toEqual(undisturbed['monthly_funnel']);
    });

    it('rebuilds on request, again and again, to the same rows', async () => {
      const store = await newStore();
      const reports: string[] = [];
      const report: RunnerLog = (level, message) => void reports.push(`${level} ${message}`);
      const running = new Running({ log, store, catalogue, report, pageSize: 50 });
      await running.until(isCaughtUp);
      for (const generation of [1, 2]) {
        expect(await running.runner.rebuild()).toBe(true);
        const taken = () => reports.filter((message) => message.includes('took over')).length;
        await running.until((status) => taken() === generation && isCaughtUp(status));
        const serving = (await store.models()).filter(({ state }) => state === 'serving');
        expect(serving.map((info) => info.generation)).toEqual(ALL_PROJECTIONS.map(() => generation));
        expect(await servedRows(store)).toEqual(undisturbed);
      }
      expect(reports.filter((message) => message.startsWith('error'))).toEqual([]);
      await running.stop();
    });
  });

  it('leaves the writing to one of two runners, and the other goes on where that one stops', async () => {
    const url = `sqlite:${join(folder, 'shared.db')}`;
    const options = { log, catalogue, leaseTtlMs: 150, pageSize: 20 };
    const one = new Running({ ...options, store: await anotherOf(url) });
    await one.until(({ active }) => active);
    const other = new Running({ ...options, store: await anotherOf(url) });
    await one.until(({ factsFolded }) => factsFolded > 100);
    expect((await other.runner.status()).active).toBe(false);
    expect(await other.runner.rebuild()).toBe(false);
    await one.stop();
    await other.until(isCaughtUp);
    await other.stop();
    expect(await servedRows(await anotherOf(url))).toEqual(undisturbed);
  });

  it('writes nothing wrong when its lease is taken from it in the middle', async () => {
    const store = await newStore();
    let advances = 0;
    const robbed = interceptedStore(store, async (work, lease) => {
      if (lease && (advances += 1) % 7 === 0) {
        // As if this runner had slept for long and another had come and gone.
        await store.release(lease);
        const rival = await store.lease(lease.name, `rival-${advances}`, 1);
        expect(rival!.epoch).toBeGreaterThan(lease.epoch);
      }
      return work();
    });
    await runToEnd({ log, store: robbed, catalogue, pageSize: 100, leaseTtlMs: 100 });
    expect(await servedRows(store)).toEqual(undisturbed);
    expect(advances).toBeGreaterThan(20);
  });
});
