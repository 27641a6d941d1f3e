import { ReadModelError } from '../read-model.error.js';
import { type Position } from '../read-model.port.js';

const POSITION_DIGITS = 16;
const SEQUENCE_DIGITS = 6;
const MAX_SEQUENCE = 10 ** SEQUENCE_DIGITS - 1;

/**
 * The `_id` of a row: position and sequence as text of fixed width, so that the order of the texts is that of the
 * rows, one index serves as identity and as order, and filters hold plain texts.
 *
 * @throws ReadModelError `invalid` for a place that cannot be
 */
export function rowKey(position: Position, sequence: number): string {
  if (!isWithin(position, Number.MAX_SAFE_INTEGER) || !isWithin(sequence, MAX_SEQUENCE)) {
    throw new ReadModelError('invalid', `a row cannot have the place ${position}.${sequence}`);
  }
  const place = String(position).padStart(POSITION_DIGITS, '0');
  return `${place}-${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** The key before that of every row of the position. */
export const firstKey = (position: Position): string => rowKey(position, 0);

/** The key after those of all rows that the position can have. */
export const lastKey = (position: Position): string => rowKey(position, MAX_SEQUENCE);

/** @throws ReadModelError `corrupt` when the key was not made by `rowKey` */
export function placeOf(key: string): { readonly position: Position; readonly sequence: number } {
  const position = Number(key.slice(0, POSITION_DIGITS));
  const sequence = Number(key.slice(POSITION_DIGITS + 1));
  if (!Number.isSafeInteger(position) || !Number.isSafeInteger(sequence)) {
    throw new ReadModelError('corrupt', `"${key}" is not the place of a row`);
  }
  return { position, sequence };
}

const isWithin = (value: number, most: number) => Number.isSafeInteger(value) && value >= 0 && value <= most;
