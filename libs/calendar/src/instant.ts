import { type Instant } from './day.js';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads an RFC 3339 date-time with offset. Digits finer than a millisecond are cut, not rounded. Undefined when
 * the text is not of that form, names no real day or time, or has second 60 (a leap second has no place on the
 * time axis of the figures).
 */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC_3339.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const wall = midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  return withOffset(wall, match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
}

function withOffset(wall: number, sign: string | undefined, hours: number, minutes: number) {
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * 60_000;
  return sign === '-' ? wall + offset : wall - offset;
}

/** RFC 3339 in UTC with milliseconds, as all answers write instants. */
export function isoInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
