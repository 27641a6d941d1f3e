import { type CellValue, type Difference, type ReportItem, type ValueFormat } from './document.js';
import { ERRATA_2020 } from './errata-2020.js';
import { type ReportScope } from './scope.js';
import { type Word } from './words.js';

/** A printed figure: a cell of a table (row and column) or a value of a text (statement and value). */
export interface PrintedFigure {
  /** Key of the row, or id of the statement. */
  readonly in: string;
  /** Key of the column, or of the value. */
  readonly at: string;
  readonly printed: number;
}

/** Printed figures of one report that contradict others of it. */
export interface Erratum {
  readonly year: number;
  /** The item that shows them as they are computed. */
  readonly item: string;
  /** Why they cannot hold: a word of the dictionary. */
  readonly why: Word;
  readonly figures: readonly PrintedFigure[];
}

const ERRATA: readonly Erratum[] = ERRATA_2020;

/** The item with a note for each of its printed figures that is computed otherwise. */
export function withErrata(scope: ReportScope, item: ReportItem): ReportItem {
  const errata = ERRATA.filter(({ year, item: id }) => year === scope.year && id === item.id);
  if (errata.length === 0) return item;
  const notes = errata.map(({ why, figures }) => ({
    text: scope.say(why),
    differences: figures.flatMap((figure) => differenceAt(item, figure) ?? []),
  }));
  return { ...item, notes: [...item.notes, ...notes] };
}

function differenceAt(item: ReportItem, { in: row, at, printed }: PrintedFigure): Difference | undefined {
  const place = item.type === 'text' ? statementPlace(item, row, at) : tablePlace(item, row, at);
  return place && { ...place, printed };
}

interface Place {
  readonly label: string;
  readonly computed: CellValue;
  readonly format: ValueFormat;
}

function statementPlace(
  { statements }: Extract<ReportItem, { type: 'text' }>,
  id: string,
  key: string,
): Place | undefined {
  const told = statements.find((one) => one.id === id);
  const value = told?.values.find((one) => one.key === key);
  return (
    told && value && { label: `${told.label}, ${value.label}`, computed: value.value, format: value.format }
  );
}

function tablePlace(item: ReportItem, rowKey: string, columnKey: string): Place | undefined {
  if (item.type !== 'table') return undefined;
  const row = item.rows.find(({ key }) => key === rowKey);
  const column = item.columns.find(({ key }) => key === columnKey);
  if (!row || !column) return undefined;
  const name = row.cells[item.columns[0]!.key];
  return { label: `${name}, ${column.label}`, computed: row.cells[columnKey] ?? null, format: column.format };
}
