/** A median is told from half by this much, so that a half that rounding has moved still counts as one. */
const TOLERANCE = 1e-12;

/**
 * A quantile by linear interpolation between order statistics: of n values that at (n − 1)p, counted from 0 (R type 7;
 * Hyndman and Fan, Am. Stat. 50 (1996) 361).
 *
 * @param count how many values there are, at least one
 * @param valueAt the value at a place of the ascending order, from 0
 */
export function quantile(count: number, valueAt: (place: number) => number, probability: number): number {
  const place = (count - 1) * probability;
  const below = Math.floor(place);
  const low = valueAt(below);
  if (below === place) return low;
  return low + (place - below) * (valueAt(below + 1) - low);
}

/** The first time at which a rising curve has reached one half; null when it never does. */
export function timeOfHalf<P extends { readonly time: number }>(
  points: readonly P[],
  shareAt: (point: P) => number,
): number | null {
  return points.find((point) => shareAt(point) >= 0.5 - TOLERANCE)?.time ?? null;
}
