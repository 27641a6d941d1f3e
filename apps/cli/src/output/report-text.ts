import {
  type FigureItem,
  type Language,
  type Report,
  type ReportItem,
  type TableItem,
  type ValueFormat,
} from '#report';
import { fullName } from '#report/render/item-name';
import { shownPrinted, shownValue } from '#report/render/shown-value';
import { signature } from './figure.js';
import { type Cell, renderPairs, renderTable } from './table.js';

/** The report to read on a terminal: every table, the numbers behind every figure, every statement and note. */
export function reportText(report: Report, width?: number): string {
  const { lang } = report;
  const sections = report.sections.flatMap(({ title, items }) => [
    heading(title, '═'),
    ...items.map(
      (item) => `${heading(nameOf(lang, item), '─')}${itemText(lang, item, width)}${notesOf(lang, item)}\n`,
    ),
  ]);
  const { curl, mip } = report.makeAgain;
  const end = `${signature({ ...report })}made at ${report.madeAt}; again with\n  ${mip}\n  ${curl}\n`;
  return `${[`${report.title}\n${report.subtitle}\n\n`, ...sections].join('')}${end}`;
}

const heading = (text: string, line: string) => `${text}\n${line.repeat(Math.min([...text].length, 80))}\n`;

/** A figure says what it counts. */
const nameOf = (lang: Language, item: ReportItem) =>
  item.type === 'figure' ? `${fullName(lang, item)} (${item.unit})` : fullName(lang, item);

const isNumeric = (format: ValueFormat) => format !== 'text';

function itemText(lang: Language, item: ReportItem, width?: number): string {
  if (item.type === 'table') return tableText(lang, item, width);
  if (item.type === 'figure') return figureText(lang, item, width);
  return item.statements
    .map(({ label, values }) => {
      const pairs = values.map((one) => ({
        title: `  ${one.label}`,
        value: shownValue(one.value, one.format, lang),
      }));
      return `${label}\n${renderPairs(pairs)}`;
    })
    .join('');
}

function tableText(lang: Language, { columns, rows }: TableItem, width?: number): string {
  return renderTable(
    {
      columns: columns.map(({ label, format }, index) => ({
        title: label,
        isNumeric: isNumeric(format),
        isKey: index === 0,
      })),
      rows: rows.map(({ cells }) =>
        columns.map(({ key, format }) => shownValue(cells[key] ?? null, format, lang)),
      ),
    },
    width,
  );
}

function figureText(lang: Language, { categories, series }: FigureItem, width?: number): string {
  return renderTable(
    {
      columns: [
        { title: '', isKey: true },
        ...series.map(({ label }) => ({ title: label, isNumeric: true })),
      ],
      rows: categories.map(({ label }, index): Cell[] => [
        label,
        ...series.map(({ values, format }) => shownValue(values[index] ?? null, format, lang)),
      ]),
    },
    width,
  );
}

function notesOf(lang: Language, { notes }: ReportItem): string {
  return notes
    .map(({ text, differences }) => {
      const lines = differences.map(
        ({ label, printed, computed, format }) =>
          `    ${label}: ${shownPrinted(printed, format, lang)} → ${shownValue(computed, format, lang)}\n`,
      );
      return `  * ${text}\n${lines.join('')}`;
    })
    .join('');
}
