import { type Day, endOfDay, type Instant, romeDay } from '#calendar';
import { type CutOffs } from './selection.js';

/**
 * The last day on which anything can have been seen of a member: the earliest of `until`, `knownAt` and today. Whoever
 * is pending is followed up to here and no further.
 */
export function observationEnd({ until, knownAt }: CutOffs, today: Day): Day {
  const cuts = [until, knownAt].flatMap((cut) => (cut === undefined ? [] : [romeDay(cut)]));
  return Math.min(today, ...cuts);
}

/** The very moment up to which anything can have been seen. Its day may not be over by then. */
export function observedUpTo({ until, knownAt }: CutOffs, now: Instant): Instant {
  return Math.min(now, until ?? Infinity, knownAt ?? Infinity);
}

/** The last day that is over by a moment: its own only at the last millisecond. */
export function lastWholeDay(moment: Instant): Day {
  const day = romeDay(moment);
  return endOfDay(day) <= moment ? day : day - 1;
}
