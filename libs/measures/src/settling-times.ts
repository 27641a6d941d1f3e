import { type Day, type Instant, romeDay } from '#calendar';
import { type FactName } from '#events';
import { recordedShare } from '#survival';
import { lastWholeDay } from './observation-end.js';
import { type CutOffs } from './selection.js';

/** This share of the facts of a type is waited for before what happened on a day is said to be recorded. */
const SETTLED_SHARE = 0.99;

/**
 * How many days it takes until nearly all facts of a type are recorded, from all that are visible at the cut-offs. Of
 * what happened lately only the quick facts are known, so the share is estimated in reverse time, among the facts that
 * could have shown a delay (Kalbfleisch and Lawless, J. Am. Stat. Assoc. 84, 1989, 360). What takes longer than the
 * longest delay that can have been seen yet, it cannot know of.
 */
export class SettlingTimes {
  /** The last day of which all records that can count are there. */
  private readonly recordedTo: Day;
  private readonly ofType = new Map<FactName, { readonly delays: number[]; readonly limits: number[] }>();

  /** @param now the end of what can be recorded where `knownAt` leaves it open */
  constructor({ knownAt }: CutOffs, now: Instant) {
    this.recordedTo = lastWholeDay(Math.min(knownAt ?? now, now));
  }

  /** @param day the Rome day on which the fact occurred */
  add(name: FactName, day: Day, recorded: Instant): void {
    const recordedDay = romeDay(recorded);
    // Of a day that is not over only a part can be recorded yet.
    if (recordedDay > this.recordedTo) return;
    let known = this.ofType.get(name);
    if (!known) this.ofType.set(name, (known = { delays: [], limits: [] }));
    // A fact may be recorded some minutes before its time, and so on the day before.
    known.delays.push(Math.max(0, recordedDay - day));
    known.limits.push(Math.max(0, this.recordedTo - day));
  }

  /** The last day of which it can be taken that nearly all facts of these types are recorded. */
  settledTo(names: readonly FactName[]): Day {
    return this.recordedTo - Math.max(0, ...names.map((name) => this.daysOf(name)));
  }

  private daysOf(name: FactName): number {
    const { delays, limits } = this.ofType.get(name) ?? { delays: [], limits: [] };
    // Every delay counts, however few facts could have shown it: better to wait too long than to call a month complete.
    return recordedShare(delays, limits, 1).findIndex((share) => share >= SETTLED_SHARE);
  }
}
