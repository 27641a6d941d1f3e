import { percentage } from '#measures';

/** 100·part/whole rounded half up to a whole number; null over nothing. */
export function wholePercentage(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((200 * part + whole) / (2 * whole));
}

/** Rounded half up to one decimal, as days are told; null stays null. */
export function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/**
 * The change from one count to another in percent, two decimals; the size is rounded half up, whichever the sign.
 * Null from nothing.
 */
export function changePct(now: number, before: number): number | null {
  const size = percentage(Math.abs(now - before), before);
  return size === null || now >= before ? size : -size;
}

/** The difference of two percentages in points; null where one of them is. */
export function pointsBetween(a: number | null, b: number | null): number | null {
  // Both have two decimals at most: in hundredths the difference is exact.
  return a === null || b === null ? null : (Math.round(a * 100) - Math.round(b * 100)) / 100;
}
