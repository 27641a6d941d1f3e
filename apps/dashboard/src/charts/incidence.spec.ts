import { type CurvePoint } from '../api/hysteresis-answers.js';
import { atRiskOn, curveSeries, incidenceOf, lastDrawnDay } from './incidence.js';

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
