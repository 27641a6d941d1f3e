import {
  type CellValue,
  type FigureItem,
  type Note,
  type Report,
  type ReportItem,
  type Row,
  type TableItem,
  type TextItem,
  type ValueFormat,
} from '../document.js';
import { wordIn } from '../words.js';
import { fullName, shortName, sortedId } from './item-name.js';
import { decimalsOf } from './shown-value.js';

export interface GridCell {
  readonly value: CellValue;
  readonly format: ValueFormat;
  /** How many of them are shown, where that is not the format's own number. */
  readonly decimals?: number;
}

/** A part of the report as columns and rows: what a file of the archive or a sheet holds. */
export interface Grid {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly kind: Row['kind']; readonly cells: readonly GridCell[] }[];
  readonly notes: readonly Note[];
}

const text = (value: CellValue): GridCell => ({ value, format: 'text' });

/** A figure of the printed report, as it was printed. */
export const printedCell = (printed: number, format: ValueFormat): GridCell => ({
  value: printed,
  format,
  decimals: decimalsOf(printed),
});

/** The tables in their order, the numbers behind the figures, what is told in the text, the notes, the sources. */
export function gridsOf(report: Report): Grid[] {
  const items = report.sections.flatMap((section) => section.items);
  const tables = items.filter((item) => item.type === 'table');
  const figures = items.filter((item) => item.type === 'figure');
  return [
    ...tables.map((item) => tableGrid(report, item)),
    ...figures.map((item) => figureGrid(report, item)),
    textGrid(report),
    noteGrid(report, items),
    linkGrid(report, items),
    aboutGrid(report),
  ];
}

const common = (report: Report, item: ReportItem) => ({
  id: sortedId(item),
  name: shortName(report.lang, item),
  title: fullName(report.lang, item),
  notes: item.notes,
});

/** The first column holds the code of each row, the others those of the table. */
function tableGrid(report: Report, item: TableItem): Grid {
  return {
    ...common(report, item),
    header: [wordIn(report.lang, 'page.code'), ...item.columns.map(({ label }) => label)],
    rows: item.rows.map(({ key, kind, cells }) => ({
      kind,
      cells: [
        text(key),
        ...item.columns.map((column) => ({ value: cells[column.key] ?? null, format: column.format })),
      ],
    })),
  };
}

function figureGrid(report: Report, item: FigureItem): Grid {
  const { categories, series } = item;
  const words = ['page.code', 'page.category'] as const;
  return {
    ...common(report, item),
    header: [...words.map((word) => wordIn(report.lang, word)), ...series.map(({ label }) => label)],
    rows: categories.map(({ key, label }, index) => ({
      kind: 'item',
      cells: [
        text(key),
        text(label),
        ...series.map(({ values, format }) => ({ value: values[index] ?? null, format })),
      ],
    })),
  };
}

/** A grid of its own words, its rows from all parts of the report. */
function ownGrid(
  { lang }: Report,
  word: 'texts' | 'notes' | 'links' | 'report',
  header: readonly (
    | 'section'
    | 'item'
    | 'statement'
    | 'code'
    | 'what'
    | 'value'
    | 'row'
    | 'column'
    | 'address'
    | 'note'
    | 'printed'
    | 'computed'
  )[],
  rows: readonly (readonly GridCell[])[],
): Grid {
  const name = wordIn(lang, `page.${word}`);
  const labels = header.map((key) => wordIn(lang, `page.${key}`));
  return {
    id: word,
    name,
    title: name,
    header: labels,
    rows: rows.map((cells) => ({ kind: 'item', cells })),
    notes: [],
  };
}

function textGrid(report: Report): Grid {
  const told = report.sections.flatMap(({ title, items }) =>
    items
      .filter((item): item is TextItem => item.type === 'text')
      .flatMap((item) =>
        item.statements.flatMap(({ id, label, values }) =>
          values.map((one) => [
            text(`${id}.${one.key}`),
            text(title),
            text(item.title),
            text(label),
            text(one.label),
            { value: one.value, format: one.format },
          ]),
        ),
      ),
  );
  return ownGrid(report, 'texts', ['code', 'section', 'item', 'statement', 'what', 'value'], told);
}

function noteGrid(report: Report, items: readonly ReportItem[]): Grid {
  const rows = items.flatMap((item) =>
    item.notes.flatMap((note) => {
      const first = [text(fullName(report.lang, item)), text(note.text)];
      if (note.differences.length === 0) return [[...first, text(null), text(null), text(null)]];
      return note.differences.map(({ label, printed, computed, format }) => [
        ...first,
        text(label),
        printedCell(printed, format),
        { value: computed, format },
      ]);
    }),
  );
  return ownGrid(report, 'notes', ['item', 'note', 'what', 'printed', 'computed'], rows);
}

/** The requests behind each table and figure, and behind each cell that counts people. */
function linkGrid(report: Report, items: readonly ReportItem[]): Grid {
  const rows = items.flatMap((item) => {
    const name = text(shortName(report.lang, item));
    const own = item.sources.map(({ kind, href }) => [
      name,
      text(wordIn(report.lang, `source.${kind}`)),
      text(null),
      text(href),
    ]);
    const labels = new Map(item.type === 'table' ? item.columns.map(({ key, label }) => [key, label]) : []);
    const cells = item.type === 'table' ? item.rows : [];
    const people = cells.flatMap(({ key, links }) =>
      Object.entries(links).map(([column, href]) => [
        name,
        text(key),
        text(labels.get(column) ?? column),
        text(href),
      ]),
    );
    return [...own, ...people];
  });
  return ownGrid(report, 'links', ['item', 'row', 'column', 'address'], rows);
}

function aboutGrid(report: Report): Grid {
  return ownGrid(
    report,
    'report',
    ['what', 'value'],
    aboutReport(report).map(({ label, value }) => [text(label), text(value)]),
  );
}

/** What the report was made from and how to make it again, in words. */
export function aboutReport(report: Report): { readonly label: string; readonly value: string }[] {
  const say = (word: Parameters<typeof wordIn>[1]) => wordIn(report.lang, word);
  const { knownAt, until, madeAt, position, catalogue, makeAgain } = report;
  return [
    { label: say('page.report'), value: report.title },
    { label: say('page.knownAt'), value: knownAt ?? say('page.everything') },
    { label: say('page.until'), value: until ?? say('page.everything') },
    { label: say('page.madeAt'), value: madeAt },
    { label: say('page.position'), value: position },
    { label: say('page.catalogue'), value: catalogue },
    { label: say('page.curl'), value: makeAgain.curl },
    { label: say('page.mip'), value: makeAgain.mip },
    { label: say('page.replay'), value: makeAgain.replay },
    { label: say('page.facts'), value: makeAgain.facts },
  ];
}
