import { readFileSync } from 'node:fs';
import {
  cumulativeIncidence,
  exchanged,
  grayTest,
  kaplanMeier,
  logRank,
  type Observation,
  restrictedMean,
  timeCounts,
  timeOfHalf,
  withRisk,
} from './index.js';

interface DataSet {
  readonly name: string;
  readonly time: readonly number[];
  readonly event: readonly number[];
  readonly rows?: readonly {
    t: number;
    n?: number;
    d?: number;
    S: number;
    se?: number;
    lo?: number;
    hi?: number;
  }[];
  readonly median?: number;
  readonly rmst: readonly { to: number; value: number; se: number }[];
}

interface Vectors {
  readonly kaplanMeier: readonly DataSet[];
  readonly logRank: readonly {
    groups: readonly string[];
    observed?: readonly number[];
    expected: readonly number[];
    variance: number;
    chisq: number;
    p: number;
  }[];
  readonly competingRisks: {
    people: readonly { start: string; converted?: string; lost?: string }[];
    asOf: readonly {
      date: string;
      rows: readonly {
        t: number;
        cifConverted: number;
        seConverted?: number;
        cifLost: number;
        seLost?: number;
      }[];
      naiveConvertedPct?: number;
      oneMinusKaplanMeierWouldSay?: number;
    }[];
  };
}

interface Leukaemia {
  readonly patients: readonly (readonly [time: number, status: number, disease: string])[];
  readonly tests: readonly { cause: number; statistic: number; pValue: number }[];
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T;

const vectors = read<Vectors>('survival');
const dataSet = (name: string) => vectors.kaplanMeier.find((one) => one.name === name)!;

const countsOf = ({ time, event }: DataSet) =>
  timeCounts(time.map((at, i): Observation => ({ time: at, end: event[i] === 1 ? 'event' : 'censored' })));

/** As many digits as the number has, nine decimals at most. */
function expectDigits(got: number | null, printed: number | undefined): void {
  if (printed === undefined) return;
  const decimals = /\.(\d+)$/.exec(String(printed))?.[1]?.length ?? 0;
  const tolerance = decimals === 0 ? 1e-9 : Math.max(1e-9, 0.5 * 10 ** -decimals);
  expect(Math.abs(got! - printed)).toBeLessThanOrEqual(tolerance * 1.000001);
}

describe.each(vectors.kaplanMeier)('Kaplan–Meier, $name', (data) => {
  const rows = withRisk(countsOf(data));
  const points = kaplanMeier(rows);

  it('curve, standard errors and interval', () => {
    const withEvents = rows.map((row, i) => ({ ...row, ...points[i]! })).filter(({ events }) => events > 0);
    if (data.rows) expect(withEvents.map(({ time }) => time)).toEqual(data.rows.map(({ t }) => t));
    for (const [i, { n, d, S, se, lo, hi }] of (data.rows ?? []).entries()) {
      const point = withEvents[i]!;
      if (n !== undefined) expect(point).toMatchObject({ atRisk: n, events: d });
      expectDigits(point.survival, S);
      expectDigits(point.standardError, se);
      expectDigits(point.low, lo);
      expectDigits(point.high, hi);
    }
  });

  it('median and restricted means', () => {
    if (data.median !== undefined) {
      expect(timeOfHalf(points, ({ survival }) => 1 - survival)).toBe(data.median);
    }
    for (const { to, value, se } of data.rmst) {
      const { mean, standardError } = restrictedMean(rows, to);
      expectDigits(mean, value);
      expectDigits(standardError, se);
    }
  });
});

it('the placebo curve ends at 0 without an interval', () => {
  const points = kaplanMeier(withRisk(countsOf(dataSet('Freireich placebo'))));
  expect(points.at(-1)).toEqual({ time: 23, survival: 0, standardError: 0, low: null, high: null });
});

describe.each(vectors.logRank)('log-rank, $groups', (printed) => {
  const { observed, expected, covariance, test } = logRank(
    printed.groups.map((name) => countsOf(dataSet(name))),
  );

  it('observed, expected, variance and test', () => {
    if (printed.observed) expect(observed).toEqual(printed.observed);
    printed.expected.forEach((value, i) => expectDigits(expected[i]!, value));
    expectDigits(covariance[0]![0]!, printed.variance);
    expectDigits(test!.statistic, printed.chisq);
    expect(test!.degreesOfFreedom).toBe(1);
    expect(Math.abs(test!.pValue / printed.p - 1)).toBeLessThan(2e-7);
  });
});

describe.each(vectors.competingRisks.asOf)('competing risks as of $date', ({ date, ...printed }) => {
  const { people } = vectors.competingRisks;
  const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const observations = people.map(({ start, converted, lost }): Observation => {
    if (converted !== undefined && converted <= date) return { time: days(start, converted), end: 'event' };
    if (lost !== undefined && lost <= date) return { time: days(start, lost), end: 'competing' };
    return { time: days(start, date), end: 'censored' };
  });
  const rows = withRisk(timeCounts(observations));
  const converted = cumulativeIncidence(rows);
  const lost = cumulativeIncidence(rows, 'competing');

  it('incidences and their standard errors', () => {
    for (const { t, cifConverted, seConverted, cifLost, seLost } of printed.rows) {
      const at = rows.findIndex(({ time }) => time === t);
      expectDigits(converted[at]!.incidence, cifConverted);
      expectDigits(converted[at]!.standardError, seConverted);
      expectDigits(lost[at]!.incidence, cifLost);
      expectDigits(lost[at]!.standardError, seLost);
    }
  });

  it('what the naive shares would say', () => {
    const events = observations.filter(({ end }) => end === 'event').length;
    if (printed.naiveConvertedPct) expect((100 * events) / people.length).toBe(printed.naiveConvertedPct);
    if (printed.oneMinusKaplanMeierWouldSay) {
      expectDigits(1 - kaplanMeier(rows).at(-1)!.survival, printed.oneMinusKaplanMeierWouldSay);
    }
  });
});

describe("Gray's test, relapse and death after transplantation by disease", () => {
  const data = read<Leukaemia>('leukaemia');
  const ends = ['censored', 'event', 'competing'] as const;
  const groups = ['ALL', 'AML'].map((name) =>
    timeCounts(
      data.patients
        .filter(([, , disease]) => disease === name)
        .map(([time, status]): Observation => ({ time, end: ends[status]! })),
    ),
  );

  it.each(data.tests)('cause $cause', ({ cause, statistic, pValue }) => {
    const test = grayTest(cause === 1 ? groups : groups.map(exchanged))!;
    expectDigits(test.statistic, statistic);
    expectDigits(test.pValue, pValue);
    expect(test.degreesOfFreedom).toBe(1);
  });
});
