import 'reflect-metadata';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDay, startOfDay } from '#calendar';
import { type Catalogue, parseCatalogue } from '#catalogue';
import { FUNNEL_STAGES, fullType, type JsonObject } from '#events';
import { GROUP_KEYS } from '#measures';
import { ENTRY_STEP_FORM, FACT_FORM, type ProjectionName } from '#projections';
import { type ModelRow, type Lease, type ReadModel, type ReadModelStore } from '#read-models';
import { openReadModels } from '#read-models/open';
import { createFigureService, createLocalFigureService } from './create-figure-service.js';
import { type FigureRequest, type FigureService } from './figure-request.js';

const programme = (...territories: string[]): Catalogue =>
  parseCatalogue({
    territories: territories.map((code) => ({ code, name: code })),
    venues: [{ code: 'V1', name: 'One', territory: 'TO', mode: 'in_person' }],
    sas: [{ code: 'S1', name: 'First', territory: 'TO' }],
    cycles: [{ code: '2020-', from: '2020-01-01' }],
    suspensions: [],
  });

const DAY = parseDay('2020-05-04')!;
const NOON = startOfDay(DAY) + 12 * 3_600_000;

function registration(position: number, day = DAY, territory = 'TO'): ModelRow {
  const time = startOfDay(day) + 60_000;
  const dimensions = [territory, 'none', 'none', 'none', 'unknown', 'unknown', 'unknown'];
  const cells = ['registered', '2020-', day, time, time, 1, 0, ...dimensions];
  return { position, sequence: 0, group: `j${position}`, cells };
}

function fact(position: number, name: 'registered' | 'retracted', time: number, data: JsonObject): ModelRow {
  const sent = [name, fullType(name), time, time + 5, time + 9, '/web', `e${position}`, 'j1'];
  const target = name === 'retracted' ? 1 : null;
  return { position, sequence: 0, group: 'j1', cells: [...sent, target, JSON.stringify(data), null] };
}

const MONTHLY: FigureRequest = { figure: 'monthly', selection: { groupBy: [], filters: {} } };
const registeredOf = async (figures: FigureService, after?: number) =>
  (await figures.ask(MONTHLY, { after, waitMs: 2000 })).totals['registered'];

describe('figures from a store', () => {
  let folder: string;
  let url: string;
  let writer: ReadModelStore;
  let lease: Lease;
  const opened: FigureService[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'figures-'));
    url = `sqlite:${join(folder, 'models.db')}`;
    writer = await openReadModels(url);
    lease = (await writer.lease('projector', 'test', 60_000))!;
  });

  afterEach(async () => {
    for (const figures of opened.splice(0)) await figures.close();
    await writer.close();
    rmSync(folder, { recursive: true });
  });

  async function local(): Promise<FigureService> {
    const figures = createLocalFigureService(await openReadModels(url));
    opened.push(figures);
    return figures;
  }

  function model(projection: ProjectionName, catalogue: Catalogue): Promise<ReadModel> {
    const form = projection === 'monthly_funnel' ? ENTRY_STEP_FORM : FACT_FORM;
    return writer.open({ projection, version: 1, catalogueDigest: catalogue.digest }, form, catalogue.json);
  }

  async function advance(to: ReadModel, position: number): Promise<void> {
    expect(await to.advance(await to.checkpoint(), position, lease)).toBe(true);
  }

  it('are unavailable while no model serves', async () => {
    const figures = await local();
    await expect(figures.ask(MONTHLY, { waitMs: 50 })).rejects.toMatchObject({ code: 'unavailable' });
    const status = await figures.status();
    expect(status).toHaveLength(5);
    expect(status.every(({ ready, model }) => !ready && model === null)).toBe(true);
  });

  it('reflect the rows up to the checkpoint, and name the position and the catalogue', async () => {
    const catalogue = programme('TO');
    const steps = await model('monthly_funnel', catalogue);
    await steps.add([registration(1), registration(2), registration(7)]);
    await advance(steps, 5);
    await writer.serve(steps.id, lease);
    const answer = await (await local()).ask(MONTHLY);
    expect(answer).toMatchObject({ position: 5, catalogue: catalogue.digest, totals: { registered: 2 } });
    expect(answer.items).toMatchObject([{ month: '2020-05', registered: 2, returning: { registered: 0 } }]);
  });

  it('wait for a position that is asked for, and say when it does not come', async () => {
    const steps = await model('monthly_funnel', programme('TO'));
    await writer.serve(steps.id, lease);
    const figures = await local();
    expect(await registeredOf(figures)).toBe(0);
    const waiting = registeredOf(figures, 3);
    await steps.add([registration(3)]);
    await advance(steps, 3);
    expect(await waiting).toBe(1);
    const late = figures.ask(MONTHLY, { after: 4, waitMs: 40 });
    await expect(late).rejects.toMatchObject({ code: 'not-caught-up' });
  });

  it('go over to another model when it serves', async () => {
    const old = await model('monthly_funnel', programme('TO'));
    await old.add([registration(1)]);
    await advance(old, 1);
    await writer.serve(old.id, lease);
    const figures = await local();
    expect(await registeredOf(figures)).toBe(1);
    const catalogue = programme('TO', 'CN');
    const next = await model('monthly_funnel', catalogue);
    await next.add([registration(1), registration(2, DAY, 'CN')]);
    await advance(next, 2);
    expect(await registeredOf(figures)).toBe(1);
    await writer.serve(next.id, lease);
    await writer.drop(old.id, lease);
    const answer = await figures.ask({
      figure: 'monthly',
      selection: { groupBy: ['territory'], filters: {} },
    });
    expect(answer).toMatchObject({ position: 2, catalogue: catalogue.digest, totals: { registered: 2 } });
    expect(answer.items.map((item) => item['territory'])).toEqual(['TO', 'CN']);
  });

  it('refuse an answer of too many rows, and a ratio that has no meaning', async () => {
    const steps = await model(
      'monthly_funnel',
      programme(...Array.from({ length: 200 }, (_, i) => `T${i}`), 'TO'),
    );
    await writer.serve(steps.id, lease);
    const figures = await local();
    const selection = { groupBy: ['territory' as const], filters: {}, from: 0, to: 60 * 365 };
    const wide = figures.ask({ figure: 'monthly', selection });
    await expect(wide).rejects.toMatchObject({ code: 'too-many-rows' });
    const by = { ...selection, groupBy: ['sa' as const] };
    const stages = { fromStage: 'attended', toStage: 'saChosen', byMonth: false } as const;
    const ratio = figures.ask({ figure: 'period-ratio', selection: by, ...stages });
    await expect(ratio).rejects.toMatchObject({ code: 'not-defined' });
  });

  it('show one journey at the cut-offs', async () => {
    const journeys = await model('journeys', programme('TO'));
    await journeys.add([
      fact(1, 'registered', NOON, { territory: 'TO', profile: { gender: 'F' } }),
      fact(2, 'retracted', NOON + 100, { source: '/web', id: 'e1', reason: 'duplicate' }),
    ]);
    await advance(journeys, 2);
    await writer.serve(journeys.id, lease);
    const figures = await local();
    const ask = (id: string, knownAt?: number) =>
      figures.ask({ figure: 'journey', id, selection: { groupBy: [], filters: {}, knownAt } });
    const [item] = (await ask('j1', NOON + 104)).items;
    expect(item).toMatchObject({ id: 'j1', status: 'registered', retractions: [] });
    expect(item!['entries']).toEqual([
      {
        stage: 'registered',
        cycle: '2020-',
        day: '2020-05-04',
        time: '2020-05-04T10:00:00.000Z',
        returning: false,
        territory: 'TO',
        venue: 'none',
        mode: 'none',
        sa: 'none',
        gender: 'F',
        education: 'unknown',
        employment: 'unknown',
        outcomes: Object.fromEntries(
          FUNNEL_STAGES.slice(1).map((stage) => {
            const leftOpenBy = {
              source: '/web',
              id: 'e1',
              type: 'it.mip.registered.v1',
              time: '2020-05-04T10:00:00.000Z',
            };
            const open = { decidedBy: null, leftOpenBy, followedTo: '2020-05-04' };
            return [stage, { outcome: 'pending', days: null, netDays: null, ...open }];
          }),
        ),
      },
    ]);
    const [entry] = item!['entries'] as readonly object[];
    expect(Object.keys(entry!).slice(-GROUP_KEYS.length - 1)).toEqual([...GROUP_KEYS, 'outcomes']);
    expect(item!['facts']).toMatchObject([
      { specversion: '1.0', id: 'e1', acceptedtime: '2020-05-04T10:00:00.009Z' },
    ]);
    expect((await ask('j1', NOON + 105)).items).toEqual([]);
    expect((await ask('nobody')).items).toEqual([]);
  });

  it('answer several questions at one position, also while one model runs ahead', async () => {
    const catalogue = programme('TO');
    const steps = await model('monthly_funnel', catalogue);
    const journeys = await model('journeys', catalogue);
    await steps.add([registration(2), registration(4), registration(6)]);
    await advance(steps, 6);
    await journeys.add([fact(4, 'registered', NOON, { territory: 'TO' })]);
    await advance(journeys, 4);
    await writer.serve(steps.id, lease);
    const requests: FigureRequest[] = [MONTHLY, { figure: 'stock', selection: MONTHLY.selection }];
    const figures = await local();
    const alone = figures.askAll(requests, { waitMs: 60 });
    await expect(alone).rejects.toMatchObject({ code: 'unavailable' });
    await writer.serve(journeys.id, lease);
    // The steps are taken in further than the journeys have come.
    await figures.ask(MONTHLY);
    const late = figures.askAll(requests, { waitMs: 60 });
    await expect(late).rejects.toMatchObject({ code: 'not-caught-up' });
    const waiting = figures.askAll(requests, { waitMs: 2000 });
    await advance(journeys, 9);
    await advance(steps, 9);
    const then = await waiting;
    expect(new Set(then.map(({ position }) => position)).size).toBe(1);
    expect(then[0]!.position).toBeGreaterThanOrEqual(6);
    expect(then[0]!.totals['registered']).toBe(3);
    const beyond = figures.askAll(requests, { after: 10, waitMs: 20 });
    await expect(beyond).rejects.toMatchObject({ code: 'not-caught-up' });
  });

  it('are the same from a worker thread', async () => {
    const steps = await model('monthly_funnel', programme('TO'));
    await steps.add([registration(1)]);
    await advance(steps, 1);
    await writer.serve(steps.id, lease);
    const figures = createFigureService({ readModelUrl: url });
    opened.push(figures);
    expect(await figures.ask(MONTHLY)).toMatchObject(await (await local()).ask(MONTHLY));
    expect(await figures.askAll([MONTHLY])).toMatchObject([await figures.ask(MONTHLY)]);
    const late = figures.ask(MONTHLY, { after: 9, waitMs: 20 });
    await expect(late).rejects.toMatchObject({ name: 'FigureError', code: 'not-caught-up' });
    expect(await figures.status()).toContainEqual(
      expect.objectContaining({ projection: 'monthly_funnel', position: 1, ready: true }),
    );
    await figures.close();
    await expect(figures.ask(MONTHLY)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('come back by themselves when the thread ended', async () => {
    const blocked = join(folder, 'later');
    // No database: the store cannot be opened, and the thread ends.
    writeFileSync(blocked, 'not a database at all, but long enough to be looked at as one\n'.repeat(20));
    const figures = createFigureService({ readModelUrl: `sqlite:${blocked}` });
    opened.push(figures);
    await expect(figures.status()).rejects.toMatchObject({ code: 'unavailable' });
    rmSync(blocked);
    await (await openReadModels(`sqlite:${blocked}`)).close();
    const deadline = Date.now() + 10_000;
    let status = await figures.status().catch(() => undefined);
    while (!status && Date.now() < deadline) {
      await sleep(50);
      status = await figures.status().catch(() => undefined);
    }
    expect(status).toHaveLength(5);
  });
});
