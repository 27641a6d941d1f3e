import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

interface Point {
  readonly day: number;
  readonly atRisk: number;
  readonly survival: number;
  readonly cifConverted: number;
  readonly cifLost: number;
}

interface Row {
  readonly size: number;
  readonly converted: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
  readonly pending: number;
  readonly curve: readonly Point[];
  readonly [name: string]: unknown;
}

interface Answer<R = Row> {
  readonly items: readonly R[];
  readonly totals: R;
  readonly [name: string]: unknown;
}

/** Who took part in a pre-reception meeting in 2020, and whether they chose an SA. */
const YEAR = 'from=2020-01-01&to=2020-12-31';
const COHORT = `hysteresis?${YEAR}`;
const STATE_2020 = 'until=2020-12-31&knownAt=2020-12-31';

const MEASURES = readFileSync('docs/measures.md', 'utf8').replace(/\s+/g, ' ');

let folder: string;
let server: ServerProcess;

const ask = <R = Row>(path: string) => server.get<Answer<R>>(`/v1/${path}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-hysteresis-'));
  server = await ServerProcess.start(folder, { program: 'demo', ready: false, limitMs: 120_000 });
  await server.printing('curl', 120_000);
}, 150_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('late or lost: the participants of 2020', () => {
  it('at the end of 2020: how much of the naive loss is loss', async () => {
    const { totals } = await ask(`${COHORT}&${STATE_2020}`);
    expect(totals).toMatchObject({
      ...{ size: 1443, converted: 762, abandoned: 78, notAdmissible: 31, pending: 572 },
      ...{ naiveLossPct: 47.19, trueLossPct: 7.55, hysteresisPct: 39.64 },
      ...{ medianDays: 194, medianDaysIfNoLoss: 152 },
      periodRatio: { numerator: 949, denominator: 1443, pct: 65.77 },
    });
    // The ratio of the report counts 187 choices of people who took part before 2020.
    expect(949 - totals.converted).toBe(187);
  });

  it('what of it had been late, and what lost, as is known today', async () => {
    const then = (await ask(`${COHORT}&${STATE_2020}`)).totals;
    const now = (await ask(COHORT)).totals;
    expect(now).toMatchObject({
      size: 1443,
      converted: 912,
      abandoned: 213,
      notAdmissible: 71,
      pending: 247,
    });
    const late = now.converted - then.converted;
    expect(now).toMatchObject({ medianDays: 204, medianDaysIfNoLoss: 149, delays: { median: 90 } });
    expect((await ask(`${COHORT}&net=true`)).totals).toMatchObject({
      ...{ size: 1443, converted: 912, pending: 247, naiveLossPct: 36.8 },
      ...{ medianDays: 61, medianDaysIfNoLoss: 45, delays: { median: 11 } },
    });
    const lost = now.abandoned + now.notAdmissible;
    expect({ late, lost, open: now.pending }).toEqual({ late: 150, lost: 284, open: 247 });
    expect(late + lost + now.pending).toBe(then.size - then.converted);
    // Some had already given up in 2020; it was only not recorded yet.
    const known = (await ask(`${COHORT}&until=2020-12-31`)).totals;
    expect(known.abandoned + known.notAdmissible).toBe(204);
    expect(known.converted).toBe(then.converted);
  });

  it('net of the suspension people are fast', async () => {
    const gross = (await ask(`${COHORT}&${STATE_2020}`)).totals;
    const net = (await ask(`${COHORT}&${STATE_2020}&net=true`)).totals;
    expect(gross.delays).toMatchObject({ p25: 15.25, median: 83, p75: 142.75, max: 339 });
    expect(net.delays).toMatchObject({ p25: 2, median: 7, p75: 23, max: 106 });
    expect([net.medianDays, net.medianDaysIfNoLoss]).toEqual([58, 50]);
    const outcomes = ({ converted, abandoned, notAdmissible, pending }: Row) => [
      converted,
      abandoned,
      notAdmissible,
      pending,
    ];
    expect(outcomes(net)).toEqual(outcomes(gross));
  });

  it('the curve passes one half where the medians say', async () => {
    const { curve } = (await ask(`${COHORT}&${STATE_2020}&curve=true`)).totals;
    expect(curve[0]).toMatchObject({ day: 0, atRisk: 1443, converted: 33 });
    expect(curve[0]!.survival).toBeCloseTo(1410 / 1443, 12);
    const at = (day: number) => curve.find((point) => point.day === day)!;
    expect([at(151).survival > 0.5, at(152).survival <= 0.5]).toEqual([true, true]);
    expect([at(192).cifConverted < 0.5, at(194).cifConverted >= 0.5]).toEqual([true, true]);
    const last = curve.at(-1)!;
    expect(last.day).toBe(358);
    // Who takes losses for people that may still come promises more conversions than there will be.
    expect(1 - last.survival).toBeGreaterThan(last.cifConverted);
  });

  it('docs/measures.md tells of the cohort and of the delays of recording what is served', async () => {
    const cohort = await ask<Record<string, unknown>>(`funnel/cohort?stage=attended&${YEAR}&${STATE_2020}`);
    expect(cohort.totals).toMatchObject({
      reached: { saChosen: 762, pdsSigned: 458 },
      outcomes: { pdsSigned: { converted: 458, abandoned: 78, notAdmissible: 31, pending: 876 } },
    });
    expect(MEASURES).toContain('towards `pdsSigned` 458, 78, 31 and 876');
    const december = async (cut: string) => {
      const { items } = await ask<Record<string, number | string | boolean>>(
        `recording-delay?from=2020-12-01&to=2020-12-31${cut}`,
      );
      const { count, median, p90, max, complete } = items.find(({ type }) => type === 'it.mip.abandoned.v1')!;
      return { count, days: [median, p90, max].map((one) => (one as number).toFixed(1)), complete };
    };
    const then = await december('&knownAt=2020-12-31');
    expect(then).toEqual({ count: 17, days: ['7.2', '11.8', '28.0'], complete: false });
    const now = await december('');
    expect(now).toEqual({ count: 75, days: ['42.1', '108.2', '149.1'], complete: true });
    expect(MEASURES).toContain(
      'were 17 as known on its last day, with a median of 7.2 days and a maximum of 28.0, and `complete` was false',
    );
    expect(MEASURES).toContain('known today are 75, median 42.1 days, p90 108.2, maximum 149.1');
  });

  it('the territories differ', async () => {
    const { items, verdict, tests } = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=territory`);
    expect(items.map((row) => [row['territory'], row['converted'], row['medianDays']])).toEqual([
      ['TO', 467, 212],
      ['AL-AT', 72, 246],
      ['BI-NO-VC-VCO', 106, 138],
      ['CN', 117, 102],
    ]);
    expect(verdict).toBe('different');
    expect(tests).toMatchObject({
      logRank: { statistic: expect.closeTo(46.309, 3) as number, degreesOfFreedom: 3 },
      grayConverted: { statistic: expect.closeTo(57.046, 3) as number, degreesOfFreedom: 3 },
    });
    const genders = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=gender`);
    expect(genders).toMatchObject({ verdict: 'too_few_to_say', tooFew: [{ gender: 'X' }] });
    const alone = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=territory&territory=TO`);
    expect(alone).toMatchObject({
      verdict: 'nothing_to_compare',
      tooFew: [],
      tests: { grayConverted: null },
    });
  });

  it('the triangle sums only what is over', async () => {
    const { items, totals } = await ask<{ size: number; cells: Record<string, unknown>[] }>(
      `hysteresis/triangle?${YEAR}&until=2020-12-20&knownAt=2020-12-20`,
    );
    expect(items.map(({ cells }) => cells.length)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    for (const { cells } of items) {
      expect(cells.map(({ complete }) => complete)).toEqual(cells.map((_, age) => age < cells.length - 1));
    }
    expect(totals.cells.map(({ cohorts }) => cohorts)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const { totals: year } = await ask<{ size: number; cells: Record<string, unknown>[] }>(
      `hysteresis/triangle?${YEAR}&${STATE_2020}`,
    );
    expect(year.cells[0]).toEqual({
      age: 0,
      cohorts: 12,
      size: 1443,
      converted: 171,
      lost: 5,
      pending: 1267,
      recorded: false,
    });
    expect(year.cells[6]).toMatchObject({
      age: 6,
      cohorts: 6,
      size: 601,
      converted: 204,
      lost: 48,
      pending: 349,
    });
  });

  it('the triangle tells which cells may still grow by what is recorded later', async () => {
    type Cell = Record<'age' | 'converted' | 'lost', number> & { recorded: boolean };
    type Rows = { size: number; cells: Cell[] };
    const { items: then } = await ask<Rows>(`hysteresis/triangle?${YEAR}&${STATE_2020}`);
    const { items: now } = await ask<Rows>(`hysteresis/triangle?${YEAR}`);
    const cells = then.flatMap(({ cells: own }, row) =>
      own.map((cell) => ({ ...cell, later: now[row]!.cells[cell.age]! })),
    );
    const recorded = cells.filter((cell) => cell.recorded);
    expect([cells.length, cells.length - recorded.length]).toEqual([78, 23]);
    expect(recorded.filter(({ converted, later }) => later.converted !== converted)).toEqual([]);
    const grown = recorded.map(({ lost, later }) => later.lost - lost).filter((more) => more > 0);
    expect([grown.length, Math.max(...grown)]).toEqual([41, 9]);
    expect(MEASURES).toContain('Of the 78 cells 23 are not recorded');
    expect(MEASURES).toContain('but 41 of them more losses, by up to 9');
    // December as known at its end: no loss of it is on record, and 15 are today.
    const { items } = await ask<Rows>(`hysteresis/triangle?${YEAR}&knownAt=2020-12-31`);
    expect(items.at(-1)!.cells).toEqual([
      { age: 0, converted: 15, lost: 0, pending: 107, complete: true, recorded: false },
    ]);
    expect(now.at(-1)!.cells[0]).toMatchObject({ converted: 15, lost: 15, recorded: true });
  });

  it('what is called completely recorded has hardly grown', async () => {
    type Delay = Record<'month' | 'type', string> & { count: number; complete: boolean };
    const { items: then } = await ask<Delay>('recording-delay?knownAt=2020-12-31');
    const { items: now } = await ask<Delay>('recording-delay?to=2020-12-31');
    const today = new Map(now.map(({ month, type, count }) => [`${month} ${type}`, count]));
    const complete = then.filter((row) => row.complete);
    const grown = complete.filter(({ month, type, count }) => today.get(`${month} ${type}`)! > count);
    expect([then.length, complete.length, grown.length]).toEqual([468, 456, 13]);
    const slow = ['it.mip.not-admissible.v1', 'it.mip.abandoned.v1'];
    expect(grown.every(({ month, type }) => month.startsWith('2020') && slow.includes(type))).toBe(true);
    expect(MEASURES).toContain('456 of 468 rows are complete; 13 of them have grown since');
  });

  it('the cohort funnel counts the same people', async () => {
    const { totals } = await ask<{ size: number; reached: object; outcomes: object }>(
      `funnel/cohort?${YEAR}&${STATE_2020}&stage=attended`,
    );
    expect(totals).toEqual({
      size: 1443,
      reached: { saChosen: 762, pdsSigned: 458 },
      outcomes: {
        saChosen: { converted: 762, abandoned: 78, notAdmissible: 31, pending: 572 },
        pdsSigned: { converted: 458, abandoned: 78, notAdmissible: 31, pending: 876 },
      },
    });
  });
});
