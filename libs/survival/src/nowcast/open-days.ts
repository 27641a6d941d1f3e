/** Days on which nobody can convert, both ends included. */
export interface ClosedDays {
  readonly from: number;
  readonly to: number;
}

/** A closure without a known end must not let the calendar grow for ever. */
const MOST_DAYS = 40_000;

/**
 * Ages on the clock of conversions: open days since the entry. Without closed days that is days since the entry.
 * Covers every day from `first` on until as many open days lie after `last` as lie before it.
 */
export class OpenDays {
  /** Open days before a day, by the day's distance from `first`: what `age` reads, for loops over many days. */
  readonly before: Int32Array;
  private readonly opened: Int32Array;

  constructor(
    readonly first: number,
    last: number,
    closed: readonly ClosedDays[] = [],
  ) {
    const before: number[] = [];
    const opened: number[] = [];
    const wanted = 2 * (last - first + 1);
    for (let day = first; before.length < MOST_DAYS; day++) {
      before.push(opened.length);
      if (day > last && opened.length > wanted) break;
      if (!closed.some(({ from, to }) => day >= from && day <= to)) opened.push(day);
    }
    this.before = Int32Array.from(before);
    this.opened = Int32Array.from(opened);
  }

  /** Open days d with entry ≤ d < day. */
  age(entry: number, day: number): number {
    return this.before[day - this.first]! - this.before[entry - this.first]!;
  }

  isOpen(day: number): boolean {
    return this.before[day + 1 - this.first]! > this.before[day - this.first]!;
  }

  /** The open day on which somebody who entered on `entry` is of this age; undefined when it is not in sight. */
  dayOfAge(entry: number, age: number): number | undefined {
    return this.opened[this.before[entry - this.first]! + age];
  }
}
