import { stringify } from 'csv-stringify/sync';
import { type FigureItem } from '#figures';
import { slices } from './slices.js';

/**
 * Writes items as CSV (RFC 4180): a header row, then one row an item. The columns are paths into the item, joined by
 * dots. Null and absent are empty cells, lists and objects are JSON in their cell. A text that a spreadsheet could
 * take for a formula gets an apostrophe before it; numbers stay numbers.
 */
export async function* csvOf(
  items: readonly FigureItem[],
  columns: readonly string[],
): AsyncGenerator<string> {
  yield rows([columns]);
  for await (const slice of slices(items)) {
    if (slice.length > 0) yield rows(slice.map((item) => columns.map((column) => cellAt(item, column))));
  }
}

function rows(cells: readonly (readonly unknown[])[]): string {
  return stringify([...cells], {
    record_delimiter: 'windows',
    // Any line break, not only the one that ends a row.
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { boolean: String },
  });
}

function cellAt(item: FigureItem, column: string): unknown {
  let value: unknown = item;
  for (const name of column.split('.')) value = (value as FigureItem | null | undefined)?.[name];
  return value;
}
