import { GROUP_KEYS } from '#measures/selection';
import { type Session } from '../session.js';
import { printJson } from './output.js';
import { type Cell, type Column, renderPairs, renderTable } from './table.js';

export type Item = Readonly<Record<string, unknown>>;

/** What every answer with rows looks like. */
export interface FigureAnswer {
  readonly items: readonly Item[];
  readonly totals?: Item;
  readonly position: string;
  readonly catalogue: string;
  readonly groupBy?: readonly string[];
  readonly [member: string]: unknown;
}

/** A column, by the path of its value in an item. */
export interface FigureColumn {
  readonly path: string;
  readonly title?: string;
  readonly digits?: number;
}

/** Columns that are called as their value is. */
export function columns(...paths: readonly string[]): FigureColumn[] {
  return paths.map((path) => ({ path }));
}

/** The value that a dotted path leads to. */
export function valueAt(item: Item | undefined, path: string): Cell {
  let value: unknown = item;
  for (const name of path.split('.')) value = (value as Item | null | undefined)?.[name];
  return value as Cell;
}

/** Prints an answer: as it is, or as a table and the question that it answers. */
export async function printFigure(
  { out, json }: Session,
  answer: FigureAnswer,
  shown: readonly FigureColumn[],
): Promise<void> {
  if (json) return printJson(out, answer);
  await out.write(figureTable(answer, shown, out.width));
  await out.write(`\n${signature(answer)}`);
}

/** A row an item, the totals last; a single row without groups as a list. */
export function figureTable(answer: FigureAnswer, shown: readonly FigureColumn[], width?: number): string {
  const { items, totals } = answer;
  const keys = keysOf(answer);
  if (keys.length === 0 && items.length === 1) {
    return renderPairs(
      shown.map(({ digits, ...column }) => ({
        title: titleOf(column),
        digits,
        value: valueAt(items[0], column.path),
      })),
    );
  }
  const keyColumns = keys.map((key): Column => ({ title: key, isKey: true }));
  const valueColumns = shown.map((column): Column => ({ title: titleOf(column), digits: column.digits }));
  return renderTable(
    {
      columns: [...keyColumns, ...valueColumns],
      rows: items.map((item) =>
        [...keys, ...shown.map(({ path }) => path)].map((path) => valueAt(item, path)),
      ),
      totals: totals && keys.length > 0 ? [totalsRow(keys, shown, totals)] : undefined,
    },
    width,
  );
}

function totalsRow(keys: readonly string[], shown: readonly FigureColumn[], totals: Item): Cell[] {
  const blank = keys.map((_, index) => (index === 0 ? 'total' : ''));
  return [...blank, ...shown.map(({ path }) => valueAt(totals, path))];
}

const titleOf = ({ path, title }: FigureColumn) => title ?? path;

/** What tells one row from another. */
export function keysOf({ items, groupBy = [] }: FigureAnswer): string[] {
  return [...(items[0] && 'month' in items[0] ? ['month'] : []), ...groupBy];
}

const ASKED = [
  'year',
  'stage',
  'fromStage',
  'toStage',
  'net',
  'from',
  'to',
  'until',
  'knownAt',
  'and',
  'asOf',
  'observationEnd',
];

/** What was asked and from where in the log it was answered. */
export function signature(answer: Readonly<Record<string, unknown>>): string {
  const asked = [...ASKED, ...GROUP_KEYS]
    .filter((name) => answer[name] !== undefined && answer[name] !== null && answer[name] !== false)
    .map((name) => `${name} ${String(answer[name])}`);
  const { position, catalogue } = answer;
  const from = [
    `position ${String(position)}`,
    ...(typeof catalogue === 'string' ? [`catalogue ${catalogue.slice(0, 12)}…`] : []),
  ];
  return `${[asked, from]
    .filter((part) => part.length > 0)
    .map((part) => part.join(' · '))
    .join('\n')}\n`;
}
