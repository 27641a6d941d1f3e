import {
  cumulativeIncidence,
  type IncidencePoint,
  kaplanMeier,
  quantile,
  restrictedMean,
  type RiskCounts,
  type SurvivalPoint,
  timeOfHalf,
} from '#survival';
import { type DelayCounts, riskOf } from './delay-counts.js';
import { OUTCOMES } from './outcomes.js';
import { percentage } from './percentage.js';
import { type PeriodRatio } from './period-ratio.js';

/** A restricted mean looks no further than this: a year of waiting. */
const HORIZON_DAYS = 365;

/** Days from entry to conversion, of those who converted. */
export interface Delays {
  readonly min: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly max: number;
  readonly mean: number;
}

/** A day on which something happened to the cohort, and the curves on it. */
export interface CurvePoint {
  readonly day: number;
  readonly atRisk: number;
  readonly converted: number;
  readonly lost: number;
  readonly censored: number;
  readonly survival: number;
  readonly survivalLow: number | null;
  readonly survivalHigh: number | null;
  readonly cifConverted: number;
  readonly seConverted: number;
  readonly cifLost: number;
  readonly seLost: number;
}

export interface HysteresisRow {
  readonly size: number;
  readonly converted: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
  readonly pending: number;
  readonly naiveLossPct: number | null;
  readonly trueLossPct: number | null;
  readonly hysteresisPct: number | null;
  readonly delays: Delays | null;
  readonly medianDays: number | null;
  readonly medianDaysIfNoLoss: number | null;
  readonly restrictedMeanDays: number | null;
  readonly restrictedMeanError: number | null;
  readonly restrictedMeanHorizon: number | null;
  readonly periodRatio: PeriodRatio | null;
  readonly curve?: readonly CurvePoint[];
}

/**
 * Late or lost: the figures of a cohort from the days after which its members converted, were lost, or were last
 * followed.
 *
 * @param days ascending by day
 * @param periodRatio what stands beside them, where it is defined
 */
export function hysteresisRow(
  days: readonly DelayCounts[],
  periodRatio: PeriodRatio | null,
  { curve }: { readonly curve: boolean },
): HysteresisRow {
  const [converted, abandoned, notAdmissible, pending] = OUTCOMES.map((outcome) =>
    days.reduce((sum, counts) => sum + counts[outcome], 0),
  ) as [number, number, number, number];
  const size = converted + abandoned + notAdmissible + pending;
  const rows = riskOf(days);
  const curves = {
    waiting: kaplanMeier(rows),
    converting: cumulativeIncidence(rows),
    losing: cumulativeIncidence(rows, 'competing'),
  };
  return {
    size,
    converted,
    abandoned,
    notAdmissible,
    pending,
    naiveLossPct: percentage(size - converted, size),
    trueLossPct: percentage(abandoned + notAdmissible, size),
    hysteresisPct: percentage(pending, size),
    delays: delaysOf(rows, converted),
    medianDays: timeOfHalf(curves.converting, ({ incidence }) => incidence),
    medianDaysIfNoLoss: timeOfHalf(curves.waiting, ({ survival }) => 1 - survival),
    ...meanWithin(rows),
    periodRatio,
    ...(curve ? { curve: curvePoints(rows, curves) } : {}),
  };
}

interface Curves {
  readonly waiting: readonly SurvivalPoint[];
  readonly converting: readonly IncidencePoint[];
  readonly losing: readonly IncidencePoint[];
}

function curvePoints(rows: readonly RiskCounts[], { waiting, converting, losing }: Curves): CurvePoint[] {
  return rows.map(({ time, atRisk, events, competing, censored }, i) => ({
    day: time,
    atRisk,
    converted: events,
    lost: competing,
    censored,
    survival: waiting[i]!.survival,
    survivalLow: waiting[i]!.low,
    survivalHigh: waiting[i]!.high,
    cifConverted: converting[i]!.incidence,
    seConverted: converting[i]!.standardError,
    cifLost: losing[i]!.incidence,
    seLost: losing[i]!.standardError,
  }));
}

function delaysOf(rows: readonly RiskCounts[], converted: number): Delays | null {
  const withEvents = rows.filter(({ events }) => events > 0);
  if (converted === 0) return null;
  const valueAt = (place: number) => {
    let before = 0;
    return withEvents.find(({ events }) => (before += events) > place)!.time;
  };
  const at = (probability: number) => quantile(converted, valueAt, probability);
  const sum = withEvents.reduce((total, { time, events }) => total + time * events, 0);
  return {
    min: at(0),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    max: at(1),
    mean: sum / converted,
  };
}

function meanWithin(rows: readonly RiskCounts[]) {
  const last = rows.at(-1)?.time;
  if (last === undefined) {
    return { restrictedMeanDays: null, restrictedMeanError: null, restrictedMeanHorizon: null };
  }
  const horizon = Math.min(HORIZON_DAYS, last);
  const { mean, standardError } = restrictedMean(rows, horizon);
  return {
    restrictedMeanDays: mean,
    restrictedMeanError: standardError,
    restrictedMeanHorizon: horizon,
  };
}
