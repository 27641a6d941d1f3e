/**
 * How much of what happened is on record after so many days: `share[d]` of the facts are recorded within d days, and
 * all of them within the last index.
 */
export type RecordedShare = Float64Array;

/** A delay in a part of the history that was watched by fewer facts than this tells nothing of the others. */
const LEAST_WATCHED = 10;

/** Facts by whole days from the fact to its record, and by the longest delay that would be on record by now. */
export interface DelayCounts {
  readonly facts: Float64Array;
  readonly limits: Float64Array;
}

/** @param longest no limit is longer */
export const noDelays = (longest: number): DelayCounts => ({
  facts: new Float64Array(longest + 1),
  limits: new Float64Array(longest + 1),
});

/**
 * The distribution of recording delays from the facts that are recorded so far. Of what happened lately only the
 * quick ones are known yet, so each delay counts among the facts that could have shown it: the product-limit
 * estimator in reverse time, G(d) = Π_{j>d} (1 − n(j)/Y(j)), with n(j) the facts of delay j and Y(j) those of a delay
 * up to j that happened at least j days ago (Kalbfleisch & Lawless 1989; Lawless 1994). What has no fact at all that
 * long after is taken never to be: no delay is longer than the longest known one.
 *
 * @param leastWatched a delay that fewer facts could have shown counts for nothing
 */
export function recordedShareOf({ facts, limits }: DelayCounts, leastWatched = LEAST_WATCHED): RecordedShare {
  const longest = Math.max(
    0,
    facts.findLastIndex((count) => count > 0),
  );
  const watched = new Float64Array(longest + 1);
  let known = 0;
  for (let d = 0; d <= longest; d++) watched[d] = known += facts[d]! - (d > 0 ? limits[d - 1]! : 0);
  const share = new Float64Array(longest + 1);
  let product = 1;
  for (let d = longest; d >= 0; d--) {
    share[d] = product;
    if (watched[d]! >= leastWatched) product *= 1 - facts[d]! / watched[d]!;
  }
  return share;
}

/**
 * The same from facts one by one.
 *
 * @param delays whole days from the fact to its record, one a fact, not negative
 * @param limits the longest delay that would be on record by now, one a fact, at least its delay
 */
export function recordedShare(
  delays: readonly number[],
  limits: readonly number[],
  leastWatched = LEAST_WATCHED,
): RecordedShare {
  const counts = noDelays(limits.reduce((longest, limit) => Math.max(longest, limit), 0));
  for (const delay of delays) counts.facts[delay]!++;
  for (const limit of limits) counts.limits[limit]!++;
  return recordedShareOf(counts, leastWatched);
}

/** The share of facts that is not yet on record so many days after them. */
export function unrecordedAfter(share: RecordedShare, days: number): number {
  return days >= share.length ? 0 : 1 - share[days]!;
}
