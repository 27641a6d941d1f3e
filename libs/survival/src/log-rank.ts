import { commonTimes, sum } from './common-times.js';
import { type GroupTest, squareOfZeros, testOf } from './group-test.js';
import { type TimeCounts } from './time-counts.js';

export interface LogRank {
  /** Events of interest by group. */
  readonly observed: readonly number[];
  /** How many there would be if all groups had the same hazard. */
  readonly expected: readonly number[];
  /** Covariance of observed − expected. */
  readonly covariance: readonly (readonly number[])[];
  /** Null where no time tells groups apart. */
  readonly test: GroupTest | null;
}

/**
 * The log-rank test of equal hazards of the event of interest in k groups; competing events count as censorings. At
 * each time the events of a group are compared with its share of those at risk (hypergeometric variance).
 *
 * Mantel, Cancer Chemother. Rep. 50 (1966) 163; Peto and Peto, J. R. Stat. Soc. A 135 (1972) 185.
 *
 * @param groups the counts of each group, ascending by time
 */
export function logRank(groups: readonly (readonly TimeCounts[])[]): LogRank {
  const observed = groups.map((rows) => rows.reduce((total, { events }) => total + events, 0));
  const expected = groups.map(() => 0);
  const covariance = squareOfZeros(groups.length);
  for (const { events, atRisk } of commonTimes(groups)) {
    const happened = sum(events);
    const all = sum(atRisk);
    if (happened === 0) continue;
    const spread = all > 1 ? (happened * (all - happened)) / (all - 1) : 0;
    atRisk.forEach((own, g) => {
      expected[g]! += (happened * own) / all;
      atRisk.forEach((other, h) => {
        covariance[g]![h]! += spread * (own / all) * (Number(g === h) - other / all);
      });
    });
  }
  // The differences add up to zero, so the last group adds nothing.
  const scores = observed.slice(0, -1).map((count, g) => count - expected[g]!);
  const reduced = covariance.slice(0, -1).map((row) => row.slice(0, -1));
  return { observed, expected, covariance, test: testOf(scores, reduced) };
}
