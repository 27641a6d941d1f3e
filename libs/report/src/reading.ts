import { type FigureAnswer, type FigureItem } from '#figures';

/** What rows to look at: by their own properties, each one value or some. */
export type Where = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A property of a row; a dotted path leads into nested ones. */
export function valueOf(item: FigureItem, path: string): unknown {
  let value: unknown = item;
  for (const name of path.split('.')) value = (value as FigureItem | null | undefined)?.[name];
  return value;
}

/** The rows that have the asked values. */
export function rowsWhere({ items }: Pick<FigureAnswer, 'items'>, where: Where): FigureItem[] {
  const wanted = Object.entries(where).filter(([, value]) => value !== undefined);
  return items.filter((item) =>
    wanted.every(([key, value]) => [value].flat().includes(valueOf(item, key) as string)),
  );
}

/** The sum of a property over the rows that have the asked values; what is null or absent adds nothing. */
export function sumOf(answer: Pick<FigureAnswer, 'items'>, path: string, where: Where = {}): number {
  return rowsWhere(answer, where).reduce((sum, item) => sum + numberOf(item, path), 0);
}

/** A property of the totals, as a number; 0 where it is null or absent. */
export function totalOf({ totals }: Pick<FigureAnswer, 'totals'>, path: string): number {
  return numberOf(totals, path);
}

function numberOf(item: FigureItem, path: string): number {
  const value = valueOf(item, path);
  return typeof value === 'number' ? value : 0;
}
