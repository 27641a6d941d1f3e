export type Cell = string | number | null;

export interface Column {
  readonly name: string;
  /** How a number is shown; without it as a count. */
  readonly format?: (value: number) => string;
  /** How a text is shown; without it as it is. A CSV has it as it is. */
  readonly text?: (value: string) => string;
}

/** What a chart is drawn from, as a table. The first column names the row. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Cell by cell where a number leads to, where it leads anywhere. */
  readonly links?: readonly (readonly (string | null)[])[];
  /** The sum of the rows, where there is one; not in a CSV. */
  readonly total?: readonly Cell[];
}

/** A text that a spreadsheet would take for a formula is marked as text. */
const neutral = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = neutral(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as CSV (RFC 4180); numbers as they are, not as they are shown. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [columns.map(({ name }) => name), ...rows].map((cells) => cells.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
