import {
  type CellValue,
  type ChartKind,
  type Column,
  type FigureItem,
  type Note,
  type Row,
  type Series,
  type Source,
  type Statement,
  type StatementValue,
  type TableItem,
  type TextItem,
  type ValueFormat,
} from './document.js';
import { type ReportScope } from './scope.js';
import { isWord, type Word } from './words.js';

/** The title of an item is the word of the dictionary under its id. */
function titleOf(scope: ReportScope, id: string): string {
  return isWord(id) ? scope.say(id) : id;
}

/** A table: by its number in the printed report, or by a name where the report tells it in its text. */
export function table(
  scope: ReportScope,
  which: number | Word,
  content: {
    readonly columns: readonly Column[];
    readonly rows: readonly Row[];
    readonly sources: readonly Source[];
    readonly notes?: readonly Note[];
  },
): TableItem {
  const number = typeof which === 'number' ? which : null;
  const id = number === null ? String(which) : `table-${number}`;
  return { type: 'table', id, number, title: titleOf(scope, id), notes: [], ...content };
}

export interface ChartContent {
  readonly categories: FigureItem['categories'];
  readonly series: readonly Series[];
  /** What the values count. */
  readonly unit: Word;
  readonly sources: readonly Source[];
  readonly notes?: readonly Note[];
}

export function figure(
  scope: ReportScope,
  number: number,
  chart: ChartKind,
  content: ChartContent,
): FigureItem {
  const id = `figure-${number}`;
  const unit = scope.say(content.unit);
  return { type: 'figure', id, number, title: titleOf(scope, id), chart, notes: [], ...content, unit };
}

export function text(
  scope: ReportScope,
  id: Word,
  statements: readonly Statement[],
  sources: readonly Source[] = [],
): TextItem {
  return { type: 'text', id, title: scope.say(id), statements, sources, notes: [] };
}

/** A sentence of the report as its values; its label is the word of the dictionary under its id. */
export function statement(scope: ReportScope, id: Word, values: readonly StatementValue[]): Statement {
  return { id, label: scope.say(id), values };
}

export const value = (
  key: string,
  label: string,
  content: CellValue,
  format: ValueFormat = 'integer',
): StatementValue => ({ key, label, value: content, format });

export const series = (
  key: string,
  label: string,
  values: readonly (number | null)[],
  options: { readonly format?: ValueFormat; readonly axis?: Series['axis'] } = {},
): Series => ({ key, label, format: options.format ?? 'integer', axis: options.axis ?? 'left', values });

/** The months of a year as categories of a chart. */
export function monthCategories(scope: ReportScope, months = scope.months()): FigureItem['categories'] {
  return months.map(({ key, number }) => ({ key, label: scope.month(number) }));
}

/** The territories as categories of a chart. */
export function territoryCategories(scope: ReportScope): { readonly key: string; readonly label: string }[] {
  return scope.inUse(scope.catalogue.territories).map(({ code }) => ({ key: code, label: code }));
}

/** A series for each territory; the largest has its axis on the right. */
export function territorySeries(
  scope: ReportScope,
  values: (territory: string) => readonly (number | null)[],
): Series[] {
  return scope
    .inUse(scope.catalogue.territories)
    .map(({ code }) =>
      series(code, code, values(code), { axis: code === scope.mainTerritory ? 'right' : 'left' }),
    );
}
