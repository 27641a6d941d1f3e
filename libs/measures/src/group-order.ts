import { type Catalogue, VENUE_MODES } from '#catalogue';
import { codesOf } from '#events';
import { type GroupKey } from './selection.js';

/** Stands where a dimension's value is not known. */
export const UNKNOWN = 'unknown';
/** Stands where a fact has no such dimension. */
export const NONE = 'none';

/** What of the programme catalogue gives rows and their order. */
export type CodeLists = Pick<Catalogue, 'territories' | 'venues' | 'sas'>;

/** The known values of a dimension in the order of answers, without `unknown` and the `none` of a missing value. */
export function valuesOf(key: GroupKey, catalogue: CodeLists): readonly string[] {
  switch (key) {
    case 'territory':
      return catalogue.territories.map(({ code }) => code);
    case 'venue':
      return catalogue.venues.map(({ code }) => code);
    case 'sa':
      return catalogue.sas.map(({ code }) => code);
    case 'mode':
      return VENUE_MODES;
    default:
      return codesOf('registered', 'profile', key);
  }
}

/**
 * Compares two groups (values in the order of `groupBy`) for the order of rows: key by key as the catalogue lists
 * the values, those of the profile as their declaration does, `unknown` and the `none` of a missing value last. A
 * code that the catalogue does not list stands, by its letters, after those that it does.
 */
export function compareGroups(
  catalogue: CodeLists,
  groupBy: readonly GroupKey[],
): (a: readonly string[], b: readonly string[]) => number {
  const ranks = groupBy.map((key) => rankOf(valuesOf(key, catalogue)));
  return (a, b) => {
    for (const [index, rank] of ranks.entries()) {
      const difference = rank(a[index]!) - rank(b[index]!) || compareText(a[index]!, b[index]!);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function rankOf(values: readonly string[]): (value: string) => number {
  const ranks = new Map<string, number>();
  for (const value of [...values, UNKNOWN, NONE]) {
    // Education has a `none` of its own, which keeps its place.
    if (!ranks.has(value)) ranks.set(value, ranks.size);
  }
  return (value) => ranks.get(value) ?? values.length - 0.5;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
