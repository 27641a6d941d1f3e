import { ensure } from './plan.error.js';

/** Shares a whole number out in proportion to the weights, by largest remainder; ties go to the first. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  ensure(sum > 0 || total === 0, `nothing to share ${total} out by`);
  const exact = weights.map((weight) => (sum === 0 ? 0 : (total * weight) / sum));
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((all, share) => all + share, 0);
  exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
    .slice(0, missing)
    .forEach(({ index }) => shares[index]!++);
  return shares;
}

/**
 * Shares a whole number out over a row of months by rounding the running total, so that a running total that is
 * nowhere below another one stays so.
 */
export function apportionOverTime(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let running = 0;
  let given = 0;
  return weights.map((weight) => {
    running += weight;
    const due = Math.floor((total * running) / sum + 0.5);
    const share = due - given;
    given = due;
    return share;
  });
}

/** Cuts a list into pieces of the given sizes; what is left comes last. */
export function deal<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  const pieces: T[][] = [];
  let start = 0;
  for (const size of sizes) {
    pieces.push(items.slice(start, start + size));
    start += size;
  }
  ensure(start <= items.length, `${items.length} are too few for ${start}`);
  return [...pieces, items.slice(start)];
}
