export type Cell = string | number | boolean | null | undefined;

export interface Column {
  readonly title: string;
  /** Digits after the point; without it a number is shown as it is. */
  readonly digits?: number;
  /** The column says what the row is about: when a table is split, it stands in every part. */
  readonly isKey?: boolean;
  /** Texts stand to the right, as numbers do without being asked. */
  readonly isNumeric?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Last rows, under a line. */
  readonly totals?: readonly (readonly Cell[])[];
}

const GAP = '  ';

/**
 * An aligned table: numbers to the right, words to the left, a dash where there is nothing. One that is wider than
 * `width` is split into parts that each begin with the key columns.
 */
export function renderTable(table: Table, width = Infinity): string {
  const laid = table.columns.map((column, index) => layColumn(table, column, index));
  return partsOf(laid, width)
    .map((part) => renderPart(part, table.totals?.length ?? 0))
    .join('\n');
}

interface LaidColumn {
  readonly isKey: boolean;
  readonly isNumeric: boolean;
  readonly title: string;
  readonly texts: readonly string[];
  readonly width: number;
}

function layColumn(
  { rows, totals = [] }: Table,
  { title, digits, isKey = false, isNumeric: asked = false }: Column,
  index: number,
): LaidColumn {
  const cells = [...rows, ...totals].map((row) => row[index]);
  const texts = cells.map((cell) => textOf(cell, digits));
  const isNumeric =
    asked ||
    rows.some((row) => typeof row[index] === 'number') ||
    (!isKey && rows.every((row) => isNothing(row[index])));
  return { isKey, isNumeric, title, texts, width: Math.max(...[title, ...texts].map(widthOf)) };
}

const isNothing = (cell: Cell) => cell === null || cell === undefined;

function textOf(cell: Cell, digits: number | undefined): string {
  if (cell === null || cell === undefined) return '-';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return printable(cell);
  return digits === undefined ? String(cell) : cell.toFixed(digits);
}

/** Control characters in a text must not steer the terminal. */
// eslint-disable-next-line no-control-regex
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\u{fffd}');

const widthOf = (text: string) => [...text].length;

function partsOf(columns: readonly LaidColumn[], width: number): LaidColumn[][] {
  const keys = columns.filter(({ isKey }) => isKey);
  const others = columns.filter(({ isKey }) => !isKey);
  if (totalWidth(columns) <= width || others.length === 0) return [[...columns]];
  const parts: LaidColumn[][] = [];
  let part: LaidColumn[] = [];
  for (const column of others) {
    if (part.length > 0 && totalWidth([...keys, ...part, column]) > width) {
      parts.push([...keys, ...part]);
      part = [];
    }
    part.push(column);
  }
  return [...parts, [...keys, ...part]];
}

const totalWidth = (columns: readonly LaidColumn[]) =>
  columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * Math.max(columns.length - 1, 0);

function renderPart(columns: readonly LaidColumn[], totalCount: number): string {
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => pad(text, columns[index]!))
      .join(GAP)
      .trimEnd();
  const rule = '─'.repeat(totalWidth(columns));
  const count = columns[0]?.texts.length ?? 0;
  const rows = Array.from({ length: count }, (_, row) => line(columns.map(({ texts }) => texts[row]!)));
  const body = totalCount > 0 ? [...rows.slice(0, -totalCount), rule, ...rows.slice(-totalCount)] : rows;
  return [line(columns.map(({ title }) => title)), rule, ...body, ''].join('\n');
}

function pad(text: string, { width, isNumeric }: LaidColumn): string {
  const blank = ' '.repeat(Math.max(width - widthOf(text), 0));
  return isNumeric ? blank + text : text + blank;
}

/** Names and values below each other, numbers to the right. */
export function renderPairs(pairs: readonly (Omit<Column, 'isKey'> & { readonly value: Cell })[]): string {
  const texts = pairs.map(({ value, digits }) => textOf(value, digits));
  const nameWidth = Math.max(0, ...pairs.map(({ title }) => widthOf(title)));
  const width = Math.max(
    0,
    ...texts.filter((_, index) => typeof pairs[index]!.value === 'number').map(widthOf),
  );
  return pairs
    .map(({ title, value }, index) => {
      const text = texts[index]!;
      return `${title.padEnd(nameWidth)}${GAP}${typeof value === 'string' ? text : text.padStart(width)}\n`;
    })
    .join('');
}
