import { DAY_MS, type Instant } from './day.js';

const OFFSET = /^(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const FRACTION = /^\.\d+/;
const ZERO = 48;

/** The number that `length` decimal digits write from `start` on; NaN when one of them is no digit. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Milliseconds from 1970-01-01 to a real day of the years 0000 to 9999; NaN for any other. */
function midnight(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return NaN;
  // Years before 100 would be taken for those of the 20th century: they are counted 400 years, one full turn of the
  // calendar, later.
  const shifted = Date.UTC(year + 400, month - 1, day);
  if (day > 28 && new Date(shifted).getUTCDate() !== day) return NaN;
  return shifted - DAYS_OF_400_YEARS * DAY_MS;
}

const DAYS_OF_400_YEARS = 146_097;

/**
 * Reads an RFC 3339 date-time with offset. Digits finer than a millisecond are cut, not rounded. Undefined when
 * the text is not of that form, names no real day or time, or has second 60 (a leap second has no place on the
 * time axis of the figures).
 *
 * It reads character by character because two times of every event pass here: that is several times as fast as one
 * expression for the whole.
 */
export function parseInstant(text: string): Instant | undefined {
  const separators = text[4] === '-' && text[7] === '-' && text[13] === ':' && text[16] === ':';
  if (!separators || (text[10] !== 'T' && text[10] !== 't')) return undefined;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const day = midnight(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  if (Number.isNaN(day)) return undefined;
  const time = day + ((hour * 60 + minute) * 60 + second) * 1000;
  // As most systems write it: milliseconds, in UTC.
  if (text.length === 24 && text[19] === '.' && text[23] === 'Z') {
    const millisecond = digits(text, 20, 3);
    return Number.isNaN(millisecond) ? undefined : time + millisecond;
  }

  const fraction = text[19] === '.' ? (FRACTION.exec(text.slice(19))?.[0] ?? '') : '';
  if (text[19] === '.' && fraction === '') return undefined;
  const offset = readOffset(text, 19 + fraction.length);
  if (offset === undefined) return undefined;
  const millisecond = fraction === '' ? 0 : Number(fraction.slice(1, 4).padEnd(3, '0'));
  return time + millisecond - offset;
}

/** Milliseconds that the offset at the end of the text is ahead of UTC. */
function readOffset(text: string, start: number): number | undefined {
  if (text[start] === 'Z' && text.length === start + 1) return 0;
  const match = OFFSET.exec(text.slice(start));
  if (!match) return undefined;
  const hours = Number(match[2] ?? 0);
  const minutes = Number(match[3] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** RFC 3339 in UTC with milliseconds, as all answers write instants. */
export function isoInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
