import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

interface List {
  readonly items: readonly Record<string, unknown>[];
  readonly [name: string]: unknown;
}

const RIVOLI = { venue: 'CPI-RIVOLI' };
const YEAR = 'from=2020-01-01&to=2020-12-31';

/** One chooses an SA and signs; one comes back from the cycle before and chooses again, after September. */
const STORY: readonly (readonly [day: string, name: string, subject: string, data: object])[] = [
  ['2020-01-10', 'registered', 'way', { territory: 'TO', profile: { gender: 'F' } }],
  ['2020-02-05', 'attended', 'way', RIVOLI],
  ['2020-09-20', 'sa-chosen', 'way', { sa: 'IZI-TORINO' }],
  ['2020-10-01', 'pds-signed', 'way', { sa: 'IZI-TORINO' }],
  ['2019-05-01', 'registered', 'back', { territory: 'TO', profile: { gender: 'M' } }],
  ['2019-06-01', 'sa-chosen', 'back', { sa: 'IZI-TORINO' }],
  ['2020-02-05', 'attended', 'back', RIVOLI],
  ['2020-10-05', 'sa-chosen', 'back', { sa: 'CNA-TORINO' }],
];

let folder: string;
let server: ServerProcess;
let position: string;

const ask = (path: string) => server.get<List>(`/v1/${path}&after=${position}`);

async function send(story: typeof STORY): Promise<void> {
  const events = story.map(([day, name, subject, data]) => ({
    specversion: '1.0',
    id: `${subject}-${name}-${day}`,
    source: 'urn:story',
    type: `it.mip.${name}.v1`,
    subject,
    time: `${day}T11:00:00Z`,
    recordedtime: `${day}T12:00:00Z`,
    data,
  }));
  const answer = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  expect(answer.status).toBe(200);
  ({ position } = (await answer.json()) as { position: string });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-hysteresis-'));
  server = await ServerProcess.start(folder);
  await send(STORY);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('two people, late or lost', () => {
  it('the cohort of those who took part, by what became of them', async () => {
    const { items, ...rest } = await ask(`funnel/cohort?${YEAR}&stage=attended`);
    const one = { abandoned: 0, notAdmissible: 0 };
    expect(items).toEqual([
      {
        size: 2,
        reached: { saChosen: 2, pdsSigned: 1 },
        outcomes: {
          saChosen: { converted: 2, pending: 0, ...one },
          pdsSigned: { converted: 1, pending: 1, ...one },
        },
      },
    ]);
    expect(rest).toMatchObject({ stage: 'attended', by: null, totals: items[0] });
  });

  it('late or lost, gross and net of the suspension', async () => {
    const gross = await ask(`hysteresis?${YEAR}&knownAt=2020-09-30`);
    expect(gross).toMatchObject({
      items: [
        {
          ...{ size: 2, converted: 1, abandoned: 0, notAdmissible: 0, pending: 1 },
          ...{ naiveLossPct: 50, trueLossPct: 0, hysteresisPct: 50 },
          delays: { min: 228, median: 228, max: 228, mean: 228 },
          medianDays: 228,
          periodRatio: { numerator: 1, denominator: 2, pct: 50 },
        },
      ],
      ...{ fromStage: 'attended', toStage: 'saChosen', net: false, curve: false, by: null },
      observationEnd: '2020-09-30',
    });
    const net = await ask(`hysteresis?${YEAR}&knownAt=2020-09-30&net=true&curve=true&groupBy=venue`);
    expect(net.items[0]).toMatchObject({
      venue: 'CPI-RIVOLI',
      delays: { median: 6 },
      periodRatio: null,
      curve: [
        { day: 6, atRisk: 2, converted: 1, lost: 0, censored: 0, survival: 0.5, cifConverted: 0.5 },
        { day: 16, atRisk: 1, converted: 0, lost: 0, censored: 1, survival: 0.5, cifLost: 0 },
      ],
    });
  });
});

describe('hysteresis as CSV', () => {
  const header = async (query: string) => {
    const path = `/v1/hysteresis?${YEAR}&${query}&after=${position}`;
    const answer = await fetch(server.url + path, { headers: { accept: 'text/csv' } });
    const [names, row] = (await answer.text()).split('\r\n');
    return { names: names!.split(','), row: row! };
  };

  it('has its curve in one cell, and only where it was asked for', async () => {
    const without = await header('curve=false');
    expect(without.names).toEqual(expect.arrayContaining(['size', 'delays.p90', 'periodRatio.pct']));
    expect(without.names).not.toContain('curve');
    const { names, row } = await header('curve=true&by=month&groupBy=gender');
    expect([names[0], names[1], names.at(-1)]).toEqual(['month', 'gender', 'curve']);
    const cell = row.slice(row.indexOf('"[') + 1, -1).replaceAll('""', '"');
    expect(JSON.parse(cell)).toEqual([expect.objectContaining({ day: 228, converted: 1 })]);
  });
});

describe('the nowcast of two people', () => {
  it('says how many are pending, and why it forecasts nothing of them', async () => {
    const none = { expected: null, low80: null, high80: null, low95: null, high95: null };
    const few = { ...none, reason: 'too_few_conversions' };
    const cast = await ask(`hysteresis/nowcast?${YEAR}&knownAt=2020-09-30&net=true`);
    expect(cast).toMatchObject({
      items: [
        {
          ...{ month: '2020-02', size: 2, converted: 1, lost: 0, pending: 1, beyondHorizon: 0 },
          ...{ alreadyConverted: few, alreadyLost: few, eventuallyConverted: few },
        },
      ],
      ...{ fromStage: 'attended', toStage: 'saChosen', net: true, observationEnd: '2020-09-30' },
      warnings: [],
      basis: { members: 2, converted: 1, lost: 0, cohorts: 1, horizonDays: null, dispersion: null },
    });
    const certain = { expected: 0, low80: 0, high80: 0, low95: 0, high95: 0, reason: null };
    const later = await ask(`hysteresis/nowcast?${YEAR}&groupBy=gender&gender=F`);
    expect(later['warnings']).toEqual(['suspension_not_excluded', 'groups_share_hazards']);
    expect(later.items).toMatchObject([{ gender: 'F', size: 1, pending: 0, alreadyConverted: certain }]);
  });

  it('is looked back on month by month, as long as anything was recorded later', async () => {
    const { items, totals } = await ask(`hysteresis/nowcast/backtest?${YEAR}`);
    const ends = ['2020-02-29', '2020-03-31', '2020-04-30', '2020-05-31', '2020-06-30', '2020-07-31'];
    expect(items.map(({ knownAt }) => knownAt)).toEqual([...ends, '2020-08-31', '2020-09-30']);
    expect(items[0]).toMatchObject({
      pending: 2,
      recordedConverted: 0,
      recordedLost: 0,
      recordedEventually: 2,
    });
    expect(items.at(-1)).toMatchObject({ pending: 1, recordedEventually: 1, settled: false });
    expect(await ask(`hysteresis/nowcast/backtest?${YEAR}&net=true`)).toMatchObject({ warnings: [] });
    expect(totals).toMatchObject({ months: 8, compared: 0, coverage80: null, coverage95: null });
  });

  it('is not looked back on for longer because of somebody who never took part', async () => {
    await send([['2022-03-10', 'registered', 'other', { territory: 'TO', profile: { gender: 'F' } }]]);
    const { items, totals } = await ask(`hysteresis/nowcast/backtest?${YEAR}`);
    expect(totals).toMatchObject({ months: 8 });
    expect(items.at(-1)).toMatchObject({ knownAt: '2020-09-30' });
  });

  it('has a column for every limit', async () => {
    const path = `/v1/hysteresis/nowcast?${YEAR}&groupBy=sa&after=${position}`;
    const answer = await fetch(server.url + path, { headers: { accept: 'text/csv' } });
    const [header] = (await answer.text()).split('\r\n');
    const limits = ['expected', 'low80', 'high80', 'low95', 'high95', 'reason'];
    expect(header!.split(',')).toEqual([
      ...['month', 'sa', 'size', 'converted', 'lost', 'pending', 'beyondHorizon'],
      ...limits.map((name) => `alreadyConverted.${name}`),
      ...limits.map((name) => `alreadyLost.${name}`),
      ...limits.map((name) => `eventuallyConverted.${name}`),
    ]);
  });
});
