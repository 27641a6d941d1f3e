import { type Groups, type List } from './answers.js';

/** The forms of the answers about delays. */

export interface CurvePoint {
  readonly day: number;
  readonly atRisk: number;
  readonly converted: number;
  readonly lost: number;
  readonly censored: number;
  readonly cifConverted: number;
  readonly seConverted: number;
  readonly cifLost: number;
  readonly seLost: number;
}

export interface HysteresisRow extends Groups {
  readonly size: number;
  readonly converted: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
  readonly pending: number;
  readonly naiveLossPct: number | null;
  readonly trueLossPct: number | null;
  readonly hysteresisPct: number | null;
  readonly medianDays: number | null;
  readonly medianDaysIfNoLoss: number | null;
  readonly periodRatio: {
    readonly numerator: number;
    readonly denominator: number;
    readonly pct: number | null;
  } | null;
  readonly curve?: readonly CurvePoint[];
}

export interface TriangleCell {
  readonly age: number;
  readonly converted: number;
  readonly lost: number;
  readonly pending: number;
  readonly complete: boolean;
  /** What happened until then can be taken to be on record. */
  readonly recorded: boolean;
}

export interface TriangleRow {
  readonly month: string;
  readonly size: number;
  readonly cells: readonly TriangleCell[];
}

/** Why a number is not forecast. */
export type NoForecast = 'too_few_conversions' | 'too_few_losses' | 'no_mature_cohort' | 'beyond_horizon';

/** The limits that hold a number in 80 and in 95 cases of 100. */
export interface Limits {
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** A number that is not known for certain; with a reason instead where it cannot be told at all. */
export type Expected =
  | (Limits & { readonly expected: number; readonly reason: null })
  | (Readonly<Record<keyof Limits | 'expected', null>> & { readonly reason: NoForecast });

export type NowcastWarning = 'suspension_not_excluded' | 'groups_share_hazards';

/** What both answers about forecasts have beside their rows. */
export interface WithWarnings {
  readonly warnings: readonly NowcastWarning[];
}

export interface NowcastRow {
  readonly month: string;
  readonly size: number;
  readonly converted: number;
  readonly lost: number;
  readonly pending: number;
  readonly alreadyConverted: Expected;
  readonly alreadyLost: Expected;
  readonly eventuallyConverted: Expected;
}

export interface BacktestRow {
  readonly knownAt: string;
  readonly pending: number;
  readonly eventuallyConverted: Expected;
  readonly recordedEventually: number;
  /** Enough time has gone by since to tell what became of them. */
  readonly settled: boolean;
}

export interface BacktestTotals {
  readonly months: number;
  /** Of the forecasts of the end that can be judged: how many held. */
  readonly eventuallyConverted: {
    readonly compared: number;
    readonly within80: number;
    readonly within95: number;
  };
}

export interface CompareRow extends Groups {
  readonly size: number;
  readonly converted: number;
  readonly lost: number;
  readonly pending: number;
  readonly medianDays: number | null;
}

interface GroupTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

export interface Comparison extends List<CompareRow> {
  readonly tests: Readonly<Record<'logRank' | 'grayConverted' | 'grayLost', GroupTest | null>>;
  readonly verdict: 'different' | 'no_difference_shown' | 'too_few_to_say' | 'nothing_to_compare';
  /** The groups with too few conversions for the tests to be used. */
  readonly tooFew: readonly Groups[];
}
