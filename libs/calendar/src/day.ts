import { romeOffset } from './rome-offset.js';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A calendar day of Europe/Rome, counted from 1970-01-01. */
export type Day = number;
/** A calendar month: year × 12 + (month − 1). */
export type Month = number;

export const DAY_MS = 86_400_000;

/** The calendar day of Europe/Rome that holds the instant. */
export function romeDay(instant: Instant): Day {
  return Math.floor((instant + romeOffset(instant)) / DAY_MS);
}

/** The first instant of a calendar day of Europe/Rome. */
export function startOfDay(day: Day): Instant {
  const wall = day * DAY_MS;
  // Two guesses settle it: the offset changes at 01:00 UTC, never within an hour of midnight.
  const guess = wall - romeOffset(wall);
  return wall - romeOffset(guess);
}

/** The last millisecond of a calendar day of Europe/Rome. */
export function endOfDay(day: Day): Instant {
  return startOfDay(day + 1) - 1;
}

/** `YYYY-MM-DD`. */
export function isoDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day written as `YYYY-MM-DD`, or undefined when the text is no such day of the years 0001 to 9999. */
export function parseDay(text: string): Day | undefined {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = milliseconds / DAY_MS;
  return isoDay(day) === text ? day : undefined;
}

export function monthOfDay(day: Day): Month {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** `YYYY-MM`. */
export function isoMonth(month: Month): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function firstDayOfMonth(month: Month): Day {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS;
}

export function lastDayOfMonth(month: Month): Day {
  return firstDayOfMonth(month + 1) - 1;
}

/** All months that have a day in [from, to]; none when `from` is after `to`. */
export function monthsBetween(from: Day, to: Day): Month[] {
  if (from > to) return [];
  const first = monthOfDay(from);
  return Array.from({ length: monthOfDay(to) - first + 1 }, (_, index) => first + index);
}
