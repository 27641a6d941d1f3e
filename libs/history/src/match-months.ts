import { type Month } from '#calendar';
import { need } from './plan.error.js';
import { type Rng } from './rng.js';

/** How likely somebody takes a place so many months after registering, for everyone who waits. */
const EAGERNESS = [8, 8, 3, 1, 0.5, 0.25];

/**
 * Gives every place, in order of time, a month in which its taker registered: never a later month, mostly this one
 * or the last. Whoever could take a place can take every later one too, so whom a place is given to never spoils
 * a later one; it works out whenever no place meets an empty waiting room.
 *
 * @returns the month of each place, and how many of each month are left without one
 * @throws PlanError when nobody is left for a place
 */
export function matchMonths(
  rng: Rng,
  places: readonly Month[],
  registered: ReadonlyMap<Month, number>,
): { taken: Month[]; left: Map<Month, number> } {
  const left = new Map([...registered].sort(([a], [b]) => a - b));
  const months = [...left.keys()];
  const taken = places.map((place) => {
    const weights = months.map((month) =>
      month > place ? 0 : left.get(month)! * EAGERNESS[Math.min(place - month, EAGERNESS.length - 1)]!,
    );
    const index = need(rng.weighted(weights), 'somebody who registered before the meeting');
    const month = months[index]!;
    left.set(month, left.get(month)! - 1);
    return month;
  });
  return { taken, left };
}
