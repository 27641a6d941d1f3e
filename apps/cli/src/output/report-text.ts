import {
  type CellValue,
  type FigureItem,
  type Report,
  type ReportItem,
  type TableItem,
  type ValueFormat,
} from '#report';
import { signature } from './figure.js';
import { type Cell, renderPairs, renderTable } from './table.js';

const DIGITS: Partial<Record<ValueFormat, number>> = { percent: 2, points: 2, decimal: 2 };

/** The report to read on a terminal: every table, the numbers behind every figure, every statement and note. */
export function reportText(report: Report, width?: number): string {
  const sections = report.sections.flatMap(({ title, items }) => [
    heading(title, '═'),
    ...items.map((item) => `${heading(item.title, '─')}${itemText(item, width)}${notesOf(item)}\n`),
  ]);
  const { curl, mip } = report.makeAgain;
  const end = `${signature({ ...report })}made at ${report.madeAt}; again with\n  ${mip}\n  ${curl}\n`;
  return `${[`${report.title}\n${report.subtitle}\n\n`, ...sections].join('')}${end}`;
}

const heading = (text: string, line: string) => `${text}\n${line.repeat(Math.min([...text].length, 80))}\n`;

function itemText(item: ReportItem, width?: number): string {
  if (item.type === 'table') return tableText(item, width);
  if (item.type === 'figure') return figureText(item, width);
  return item.statements
    .map(({ label, values }) => {
      const pairs = values.map((one) => ({
        title: `  ${one.label}`,
        digits: DIGITS[one.format],
        value: one.value,
      }));
      return `${label}\n${renderPairs(pairs)}`;
    })
    .join('');
}

function tableText({ columns, rows }: TableItem, width?: number): string {
  return renderTable(
    {
      columns: columns.map(({ label, format }, index) => ({
        title: label,
        digits: DIGITS[format],
        isKey: index === 0,
      })),
      rows: rows.map(({ cells }) => columns.map(({ key }): CellValue => cells[key] ?? null)),
    },
    width,
  );
}

function figureText({ categories, series }: FigureItem, width?: number): string {
  return renderTable(
    {
      columns: [
        { title: '', isKey: true },
        ...series.map(({ label, format }) => ({ title: label, digits: DIGITS[format] })),
      ],
      rows: categories.map(({ label }, index): Cell[] => [
        label,
        ...series.map(({ values }) => values[index]),
      ]),
    },
    width,
  );
}

function notesOf({ notes }: ReportItem): string {
  return notes
    .map(({ text, differences }) => {
      const lines = differences.map(
        ({ label, printed, computed }) => `    ${label}: ${printed} → ${computed ?? '-'}\n`,
      );
      return `  * ${text}\n${lines.join('')}`;
    })
    .join('');
}
