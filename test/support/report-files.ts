import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { type Report, type ReportItem } from '#report';
import { type PrintedCell } from './printed-report.js';

/** A sheet or a CSV file: its header and its rows. */
export interface ReadGrid {
  readonly header: readonly unknown[];
  readonly rows: readonly (readonly unknown[])[];
}

export type ReadGrids = ReadonlyMap<string, ReadGrid>;

/** The sheets of a workbook by their title, which stands over the header. */
export async function readWorkbook(bytes: Uint8Array): Promise<ReadGrids> {
  const sheets = await readXlsx(Buffer.from(bytes));
  return new Map(
    sheets.map(({ data: [title = [], header = [], ...rows] }) => [
      String(title[0]),
      { header, rows: rows.map((row) => row.map(dayOrOther)) },
    ]),
  );
}

/** Days come as dates. */
const dayOrOther = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);

/** The files of an archive by their name; numbers are read as such. */
export function readArchive(bytes: Uint8Array): ReadGrids {
  const files = Object.entries(unzipSync(bytes)).map(([name, content]): [string, ReadGrid] => {
    const [header = [], ...rows] = parse(strFromU8(content), { cast: numberOrText }) as unknown[][];
    return [name, { header, rows }];
  });
  return new Map(files);
}

/** A code with a zero in front (`03`) is text. */
const numberOrText = (text: string) => (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text);

/** Where the grids of a table and of the texts are found. */
export interface GridNames {
  readonly table: (item: ReportItem) => string;
  readonly texts: string;
}

/** What stands in the files at the place of a printed figure, found by the code of the row and the name of the column. */
export function cellIn(
  grids: ReadGrids,
  names: GridNames,
  report: Report,
  { item: id, row, column }: PrintedCell,
): unknown {
  const item = report.sections.flatMap(({ items }) => items).find((one) => one.id === id);
  if (item?.type === 'text') {
    const told = grids
      .get(names.texts)
      ?.rows.find(([code, , title]) => code === `${row}.${column}` && title === item.title);
    return told?.at(-1);
  }
  if (item?.type !== 'table') return undefined;
  const grid = grids.get(names.table(item));
  const label = item.columns.find(({ key }) => key === column)?.label;
  // A year in a header may come as a number.
  const at = grid?.header.findIndex((name) => String(name) === label) ?? -1;
  return grid?.rows.find(([code]) => String(code) === row)?.[at];
}
