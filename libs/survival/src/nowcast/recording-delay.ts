/**
 * How much of what happened is on record after so many days: `share[d]` of the facts are recorded within d days, and
 * all of them within the last index.
 */
export type RecordedShare = Float64Array;

/** A delay in a part of the history that was watched by fewer facts than this tells nothing of the others. */
const LEAST_WATCHED = 10;

/**
 * The distribution of recording delays from the facts that are recorded so far. Of what happened lately only the
 * quick ones are known yet, so each delay counts among the facts that could have shown it: the product-limit
 * estimator in reverse time, G(d) = Π_{j>d} (1 − n(j)/Y(j)), with n(j) the facts of delay j and Y(j) those of a delay
 * up to j that happened at least j days ago (Kalbfleisch & Lawless 1989; Lawless 1994). What has no fact at all that
 * long after is taken never to be: no delay is longer than the longest known one.
 *
 * @param delays whole days from the fact to its record, one a fact, not negative
 * @param limits the longest delay that would be on record by now, one a fact, at least its delay
 * @param leastWatched a delay that fewer facts could have shown counts for nothing
 */
export function recordedShare(
  delays: ArrayLike<number>,
  limits: ArrayLike<number>,
  leastWatched = LEAST_WATCHED,
): RecordedShare {
  let longest = 0;
  for (let i = 0; i < delays.length; i++) longest = Math.max(longest, delays[i]!);
  const ofDelay = new Float64Array(longest + 1);
  const outOfSight = new Float64Array(longest + 1);
  for (let i = 0; i < delays.length; i++) {
    ofDelay[delays[i]!]!++;
    if (limits[i]! < longest) outOfSight[limits[i]! + 1]!++;
  }
  const watched = new Float64Array(longest + 1);
  let known = 0;
  for (let d = 0; d <= longest; d++) watched[d] = known += ofDelay[d]! - outOfSight[d]!;
  const share = new Float64Array(longest + 1);
  let product = 1;
  for (let d = longest; d >= 0; d--) {
    share[d] = product;
    if (watched[d]! >= leastWatched) product *= 1 - ofDelay[d]! / watched[d]!;
  }
  return share;
}

/** The share of facts that is not yet on record so many days after them. */
export function unrecordedAfter(share: RecordedShare, days: number): number {
  return days >= share.length ? 0 : 1 - share[days]!;
}
