import { leaving, type TimeCounts } from './time-counts.js';

/** One time over all groups; everything by the index of the group. */
export interface CommonTime {
  readonly events: readonly number[];
  readonly competing: readonly number[];
  readonly atRisk: readonly number[];
}

/**
 * The times at which an event of either kind happened in any group, ascending, with the counts and risk sets of all.
 *
 * @param groups the rows of each group, ascending by time
 */
export function* commonTimes(groups: readonly (readonly TimeCounts[])[]): Generator<CommonTime> {
  const next = groups.map(() => 0);
  const atRisk = groups.map((rows) => rows.reduce((sum, row) => sum + leaving(row), 0));
  for (;;) {
    const waiting = groups.map((rows, g) => rows[next[g]!]?.time ?? Infinity);
    const time = Math.min(...waiting);
    if (time === Infinity) return;
    const now = groups.map((rows, g) => (waiting[g] === time ? rows[next[g]!] : undefined));
    const events = now.map((row) => row?.events ?? 0);
    const competing = now.map((row) => row?.competing ?? 0);
    if (events.some((n) => n > 0) || competing.some((n) => n > 0)) {
      yield { events, competing, atRisk: atRisk.slice() };
    }
    now.forEach((row, g) => {
      if (!row) return;
      atRisk[g]! -= leaving(row);
      next[g]!++;
    });
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
