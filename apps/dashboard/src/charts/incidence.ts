import { type CurvePoint } from '../api/hysteresis-answers.js';
import { type Series } from './option.js';
import { faded } from './palette.js';

/** Quantile of the normal distribution for 95 %. */
const Z = 1.959964;

/** A series with such a name stands in no legend and no tooltip. */
export const HIDDEN = '\u0000';

export type Cause = 'converted' | 'lost';

export interface Interval {
  readonly day: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % interval of a cumulative incidence on the log(−log) scale, which stays between 0 and 1 (Kalbfleisch and
 * Prentice, The Statistical Analysis of Failure Time Data, 2nd ed., 1.4.1, for incidences as in R's `survival`).
 */
export function incidenceInterval(value: number, error: number): readonly [low: number, high: number] {
  if (value <= 0 || value >= 1 || error === 0) return [value, value];
  const spread = (Z * error) / (value * Math.log(value));
  return [value ** Math.exp(-spread), value ** Math.exp(spread)];
}

/**
 * The incidence of a cause day by day, from nobody on day 0 to the last day that is drawn, or before it to the last on
 * which anybody was followed: of later days the people tell nothing.
 */
export function incidenceOf(curve: readonly CurvePoint[], cause: Cause, lastDay: number): Interval[] {
  const points: Interval[] = [{ day: 0, value: 0, low: 0, high: 0 }];
  for (const point of curve) {
    if (point.day > lastDay) break;
    const [value, error] =
      cause === 'converted' ? [point.cifConverted, point.seConverted] : [point.cifLost, point.seLost];
    const [low, high] = incidenceInterval(value, error);
    points.push({ day: point.day, value, low, high });
  }
  const end = Math.min(lastDay, curve.at(-1)?.day ?? 0);
  return [...points, { ...points.at(-1)!, day: end }];
}

/** The last day on which something happened, in whole months of thirty days; who waits longer changes nothing. */
export function lastDrawnDay(curves: readonly (readonly CurvePoint[])[]): number {
  const days = curves.flatMap((curve) =>
    curve.filter(({ converted, lost }) => converted + lost > 0).map(({ day }) => day),
  );
  return Math.max(30, Math.ceil((Math.max(0, ...days) + 1) / 30) * 30);
}

/** How many were still followed and open just before a day. */
export function atRiskOn(curve: readonly CurvePoint[], day: number): number {
  return curve.find((point) => point.day >= day)?.atRisk ?? 0;
}

export interface CurveStyle {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A curve of steps with its band, and a mark wherever somebody was followed no further. */
export function curveSeries(
  curve: readonly CurvePoint[],
  cause: Cause,
  lastDay: number,
  style: CurveStyle,
): Series[] {
  const points = incidenceOf(curve, cause, lastDay);
  const steps = { type: 'line', step: 'end', symbol: 'none', color: style.colour } as const;
  const band = {
    ...steps,
    stack: `${HIDDEN}${style.name}`,
    lineStyle: { opacity: 0 },
    silent: true,
    emphasis: { disabled: true },
  } as const;
  const censored = cause === 'converted' ? censoringMarks(curve, points, lastDay) : [];
  return [
    { ...band, name: `${HIDDEN}low`, data: points.map(({ day, low }) => [day, 100 * low]) },
    {
      ...band,
      name: `${HIDDEN}band`,
      data: points.map(({ day, low, high }) => [day, 100 * (high - low)]),
      areaStyle: { color: faded(style.colour, 0.18) },
    },
    {
      ...steps,
      name: style.name,
      lineStyle: { width: 2.5, type: style.dashed ? 'dashed' : 'solid' },
      data: points.map(({ day, value }) => [day, 100 * value]),
    },
    {
      type: 'scatter',
      name: `${HIDDEN}censored`,
      symbol: 'rect',
      symbolSize: [2, 12],
      silent: true,
      color: style.colour,
      data: censored,
    },
  ];
}

function censoringMarks(
  curve: readonly CurvePoint[],
  points: readonly Interval[],
  lastDay: number,
): number[][] {
  const values = new Map(points.map(({ day, value }) => [day, value]));
  return curve
    .filter(({ day, censored }) => censored > 0 && day <= lastDay)
    .map(({ day }) => [day, 100 * (values.get(day) ?? 0)]);
}
