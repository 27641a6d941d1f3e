/**
 * The offset of civil time in Italy (Europe/Rome) from UTC.
 *
 * `Intl` knows the rules but takes microseconds a call; figures ask for millions of days. So the changes of
 * the offset are looked up once, by bisection, and kept as a sorted table.
 */

const FIRST_YEAR = 1999;
const LAST_YEAR = 2101;
const MINUTE = 60_000;
const STEP = 14 * 86_400_000;

const romeClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

function offsetByIntl(instant: number): number {
  const parts = Object.fromEntries(
    romeClock.formatToParts(instant).map((part) => [part.type, Number(part.value)]),
  ) as Record<string, number>;
  const wall = Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

interface OffsetChange {
  readonly from: number;
  readonly offset: number;
}

/** The first minute in (before, after] that has the offset of `after`. */
function changeBetween(before: number, after: number, offset: number): number {
  let low = before;
  let high = after;
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetByIntl(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

function offsetChanges(): OffsetChange[] {
  const start = Date.UTC(FIRST_YEAR, 0, 1);
  const changes: OffsetChange[] = [{ from: -Infinity, offset: offsetByIntl(start) }];
  for (let instant = start; instant < Date.UTC(LAST_YEAR, 0, 1); instant += STEP) {
    const offset = offsetByIntl(instant);
    if (offset !== changes.at(-1)!.offset) {
      changes.push({ from: changeBetween(instant - STEP, instant, offset), offset });
    }
  }
  return changes;
}

let changes: OffsetChange[] | undefined;
let last: { from: number; to: number; offset: number } = { from: NaN, to: NaN, offset: 0 };

/** Milliseconds to add to a UTC instant to get the wall clock of Rome; exact from 1999 to 2100. */
export function romeOffset(instant: number): number {
  if (instant >= last.from && instant < last.to) return last.offset;
  changes ??= offsetChanges();
  let low = 0;
  let high = changes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (changes[middle]!.from <= instant) low = middle;
    else high = middle - 1;
  }
  const { from, offset } = changes[low]!;
  last = { from, to: changes[low + 1]?.from ?? Infinity, offset };
  return offset;
}
