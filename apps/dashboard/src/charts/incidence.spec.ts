import { type CurvePoint } from '../api/hysteresis-answers.js';
import { atRiskOn, curveSeries, incidenceInterval, incidenceOf, lastDrawnDay } from './incidence.js';

const point = (day: number, own: Partial<CurvePoint>): CurvePoint => ({
  day,
  atRisk: 0,
  converted: 0,
  lost: 0,
  censored: 0,
  cifConverted: 0,
  seConverted: 0,
  cifLost: 0,
  seLost: 0,
  ...own,
});

/** Four people: one converts on day 10, one is followed for 20 days only, one is lost on day 40, one converts on day 70. */
const CURVE = [
  point(10, { atRisk: 4, converted: 1, cifConverted: 0.25, seConverted: 0.2165 }),
  point(20, { atRisk: 3, censored: 1, cifConverted: 0.25, seConverted: 0.2165 }),
  point(40, { atRisk: 2, lost: 1, cifConverted: 0.25, seConverted: 0.2165, cifLost: 0.375, seLost: 0.2864 }),
  point(70, {
    atRisk: 1,
    converted: 1,
    cifConverted: 0.625,
    seConverted: 0.2864,
    cifLost: 0.375,
    seLost: 0.2864,
  }),
];

describe('incidenceOf', () => {
  it('ends where nobody is followed any more, not at the end of the chart', () => {
    expect(incidenceOf(CURVE, 'converted', 330).map(({ day, value }) => [day, value])).toEqual([
      [0, 0],
      [10, 0.25],
      [20, 0.25],
      [40, 0.25],
      [70, 0.625],
      [70, 0.625],
    ]);
  });

  it('goes on to the end of the chart while somebody is followed', () => {
    expect(incidenceOf(CURVE, 'lost', 60).at(-1)).toMatchObject({ day: 60, value: 0.375 });
  });

  it('draws nothing of nobody', () => {
    expect(incidenceOf([], 'lost', 30).at(-1)).toMatchObject({ day: 0, value: 0 });
  });
});

describe('what is drawn of a curve', () => {
  it('counts who was followed and open just before a day', () => {
    expect([0, 10, 11, 20, 21, 40, 70, 71].map((day) => atRiskOn(CURVE, day))).toEqual([
      4, 4, 3, 3, 2, 2, 1, 0,
    ]);
  });

  it('reaches to whole months of thirty days after the last event', () => {
    expect(lastDrawnDay([CURVE])).toBe(90);
    expect(lastDrawnDay([[]])).toBe(30);
    expect(lastDrawnDay([[point(29, { converted: 1 })]])).toBe(30);
    expect(lastDrawnDay([[point(30, { lost: 1 })], CURVE.slice(0, 1)])).toBe(60);
    expect(lastDrawnDay([[point(10, { converted: 1 }), point(500, { censored: 3 })]])).toBe(30);
  });

  it('marks on the curve of the converted, at its height, how far each who is pending was followed', () => {
    const marks = (cause: 'converted' | 'lost') =>
      curveSeries(CURVE, cause, 90, { name: 'x', colour: '#000000' }).find(({ type }) => type === 'scatter')!
        .data;
    expect(marks('converted')).toEqual([[20, 25]]);
    expect(marks('lost')).toEqual([]);
  });
});

/** The standard normal distribution function, integrated by Simpson's rule. */
function normal(z: number): number {
  const steps = 2_000;
  const width = z / steps;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(z);
  for (let step = 1; step < steps; step += 1) sum += (step % 2 === 0 ? 2 : 4) * density(step * width);
  return 0.5 + (sum * width) / 3;
}

describe('incidenceInterval', () => {
  it.each([
    [0.1, 0.03],
    [0.5, 0.01],
    [0.52, 0.1],
    [0.93, 0.02],
  ])('holds 95 %% around %d ± %d where ln(−ln F) is taken as normal', (value, error) => {
    const [low, high] = incidenceInterval(value, error);
    // Independently: on g = ln(−ln F) the standard error is that of F times |g'(F)|, here by a difference quotient.
    const g = (one: number) => Math.log(-Math.log(one));
    const slope = (g(value + 1e-6) - g(value - 1e-6)) / 2e-6;
    const z = (limit: number) => (g(limit) - g(value)) / (error * Math.abs(slope));
    expect(normal(z(low)) - normal(z(high))).toBeCloseTo(0.95, 5);
    expect(z(low)).toBeCloseTo(-z(high), 5);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(1);
  });

  it('agrees with values worked out by hand', () => {
    // Of four people one converted: F = 0.25, its error √(0.25·0.75/4) = 0.216506.
    const [low, high] = incidenceInterval(0.25, Math.sqrt((0.25 * 0.75) / 4));
    // exp(±1.959964·0.216506/(0.25·ln 0.25)) = 0.293934 and 3.402124; 0.25 to these powers.
    expect(low).toBeCloseTo(0.25 ** 3.402124, 6);
    expect(high).toBeCloseTo(0.25 ** 0.293934, 6);
  });

  it('is the value itself where it has no error, and at both ends', () => {
    expect(incidenceInterval(0.4, 0)).toEqual([0.4, 0.4]);
    expect(incidenceInterval(0, 0.1)).toEqual([0, 0]);
    expect(incidenceInterval(1, 0.1)).toEqual([1, 1]);
  });
});
