import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../support/server-process.js';
import { comparisonTests } from './comparison-tests.js';
import { type Answer, type Ask, COHORT, MEASURES, type Row, STATE_2020, YEAR } from './demo-answers.js';
import { recordingTests } from './recording-tests.js';
import { triangleTests } from './triangle-tests.js';

let folder: string;
let server: ServerProcess;

const ask: Ask = <R = Row>(path: string) => server.get<Answer<R>>(`/v1/${path}`);

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

  it('docs/measures.md tells of the cohort what is served', async () => {
    const cohort = await ask<Record<string, unknown>>(`funnel/cohort?stage=attended&${YEAR}&${STATE_2020}`);
    expect(cohort.totals).toMatchObject({
      reached: { saChosen: 762, pdsSigned: 458 },
      outcomes: { pdsSigned: { converted: 458, abandoned: 78, notAdmissible: 31, pending: 876 } },
    });
    expect(MEASURES).toContain('towards `pdsSigned` 458, 78, 31 and 876');
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

  describe('by groups', () => comparisonTests(ask));
  describe('month by month', () => triangleTests(ask));
  describe('as it was recorded', () => recordingTests(ask));
});
