import { InvalidArgumentError } from 'commander';

/** A whole number of an option, from 0. */
export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
