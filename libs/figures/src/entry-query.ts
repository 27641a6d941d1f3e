import { type Day, type Instant, type Month } from '#calendar';

/** Which entries are counted and by what; dimensions and stages by their index. */
export interface EntryQuery {
  /** Indexes into the stages of a journey. */
  readonly stages: readonly number[];
  /** Infinity where the window or a cut-off is open. */
  readonly from: Day;
  readonly to: Day;
  readonly until: Instant;
  readonly knownAt: Instant;
  readonly groupBy: readonly number[];
  readonly filters: readonly DimensionFilter[];
}

export interface DimensionFilter {
  readonly dimension: number;
  readonly values: readonly string[];
}

/** The entries of one month and group; a cell exists only where at least one stage counts. */
export interface EntryCell {
  readonly month: Month;
  /** In the order of the query's `groupBy`. */
  readonly group: readonly string[];
  /** By stage index; stages that the query leaves out stay 0. */
  readonly counts: number[];
  readonly returning: number[];
}

/** What of a run's month the query takes: `from` and `to` are days of the month, from 0. */
export interface MonthCut {
  readonly from: number;
  readonly to: number;
  readonly until: Instant;
  /** True when nothing is cut off, so that running counts can be used. */
  readonly whole: boolean;
}
