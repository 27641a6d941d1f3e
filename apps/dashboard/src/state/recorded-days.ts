import { type Span } from './period.js';

/** Months after the last fact in which something may still have been recorded about it. */
const AFTERMATH = 2;

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function nextMonth(month: string, by = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The stops of the slider over the recorded time: the end of each month, and last null, for all that is known now. */
export function recordedDays({ first, last }: Span, now: string): (string | null)[] {
  const stops: (string | null)[] = [];
  const end = nextMonth(last, AFTERMATH);
  for (let month = first; month <= end; month = nextMonth(month)) {
    const day = lastDayOf(month);
    if (day >= now) break;
    stops.push(day);
  }
  return [...stops, null];
}

/** The stop that stands for a day: the first that is not before it. */
export function stopOf(stops: readonly (string | null)[], knownAt: string | null): number {
  if (knownAt === null) return stops.length - 1;
  const found = stops.findIndex((stop) => stop === null || stop >= knownAt.slice(0, 10));
  return found < 0 ? stops.length - 1 : found;
}
