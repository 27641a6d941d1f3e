import { type Day, type Instant } from '#calendar';

/** The dimensions of an entry, in the order in which answers name them. */
export const GROUP_KEYS = ['territory', 'venue', 'mode', 'sa', 'gender', 'education', 'employment'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** A value for every dimension; `unknown` or `none` where the definitions say so. */
export type Dimensions = Readonly<Record<GroupKey, string>>;

export interface CutOffs {
  /** What had happened by then, inclusive; undefined: no cut-off on the occurred axis. */
  readonly until?: Instant;
  /** What was recorded by then, inclusive; undefined: no cut-off on the recorded axis. */
  readonly knownAt?: Instant;
}

/** A window of calendar days, both ends included; an open end reaches to the first or last counted day. */
export interface Window {
  readonly from?: Day;
  readonly to?: Day;
}

export type Filters = Readonly<Partial<Record<GroupKey, readonly string[]>>>;

/** What a figure is asked for. */
export interface Selection extends CutOffs, Window {
  /** In the order of the request; no key twice. */
  readonly groupBy: readonly GroupKey[];
  /** Keeps what has, in each of these dimensions, one of the values. */
  readonly filters: Filters;
}
