import writeXlsx, { type CellObject, type Row as SheetRow } from 'write-excel-file/node';
import { type CellValue, type Report, type ValueFormat } from '../document.js';
import { type Grid, type GridCell, gridsOf, printedCell } from './grid.js';
import { sheetNames } from './sheet-names.js';

/** Percentages stay the numbers that the report prints (65.77), so their sign is part of the format. */
const NUMBER_FORMATS: Partial<Record<ValueFormat, string>> = {
  integer: '#,##0',
  percent: '#,##0.00"%"',
  wholePercent: '0"%"',
  points: '+0.##;-0.##;0',
  decimal: '#,##0.0',
  minutes: '0.0" min"',
  date: 'dd/mm/yyyy',
};

const HEAD: CellObject = {
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'center',
  backgroundColor: '#E6ECF2',
  bottomBorderStyle: 'thin',
};
const MOST_WIDE = 60;
const LEAST_WIDE = 9;
/** A header longer than this is wrapped. */
const HEAD_WIDE = 16;

/**
 * The report as an Office Open XML workbook: a sheet a table, then the numbers behind the figures, the texts, notes and
 * sources. A sheet has its title in row 1, the header in row 2 and numbers, with their formats, from row 3.
 */
export async function reportAsXlsx(report: Report): Promise<Uint8Array> {
  const grids = gridsOf(report);
  const names = sheetNames(grids.map(({ name }) => name));
  return writeXlsx(grids.map((grid, index) => sheetOf(grid, names[index]!))).toBuffer();
}

function sheetOf(grid: Grid, sheet: string) {
  const data: SheetRow[] = [
    [{ value: grid.title, fontWeight: 'bold', fontSize: 14 }],
    grid.header.map((value) => ({ ...HEAD, value })),
    ...grid.rows.map(({ kind, cells }) => cells.map((cell) => cellOf(cell, kind !== 'item'))),
    ...noteRows(grid),
  ];
  const columns = grid.header.map((label, index) => ({ width: widthOf(grid, label, index) }));
  return { sheet, data, columns, stickyRowsCount: 2, orientation: 'landscape' as const };
}

function cellOf({ value, format, decimals }: GridCell, isSum: boolean): CellObject | null {
  const style: CellObject = isSum ? { fontWeight: 'bold', topBorderStyle: 'thin' } : {};
  if (value === null) return isSum ? { ...style, value: undefined } : null;
  const number = format === 'date' ? dayOf(value) : value;
  return typeof number === 'string'
    ? { ...style, type: String, value: number }
    : { ...style, value: number, format: numberFormat(format, decimals) };
}

/** With so many decimals where the cell has a number of its own. */
function numberFormat(format: ValueFormat, decimals: number | undefined): string | undefined {
  const usual = NUMBER_FORMATS[format];
  if (decimals === undefined) return usual;
  const digits = decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
  return usual?.replace(/0(\.[0#]+)?/, digits);
}

/** The day as a date; what is none stays text. */
function dayOf(value: CellValue): Date | string {
  const day = new Date(String(value));
  return Number.isNaN(day.getTime()) ? String(value) : day;
}

function noteRows({ notes }: Grid): SheetRow[] {
  return notes.flatMap(({ text, differences }): SheetRow[] => [
    [],
    [{ value: text, fontStyle: 'italic' }],
    // The first column holds codes and is narrow.
    ...differences.map(({ label, printed, computed, format }): SheetRow => [
      null,
      label,
      cellOf(printedCell(printed, format), false),
      cellOf({ value: computed, format }, false),
    ]),
  ]);
}

function widthOf({ rows }: Grid, label: string, index: number): number {
  const longest = Math.max(...rows.map(({ cells }) => String(cells[index]?.value ?? '').length), 0);
  return Math.min(Math.max(longest, Math.min(label.length, HEAD_WIDE), LEAST_WIDE) + 2, MOST_WIDE);
}
