import { stringify } from 'csv-stringify/sync';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { type Report } from '../document.js';
import { type Grid, gridsOf } from './grid.js';

/**
 * The report as a ZIP archive of CSV files (RFC 4180, UTF-8): `table-01.csv` and so on, the numbers behind the figures,
 * the texts, notes and sources, and `report.csv`, which says what it was made from. Numbers have a decimal point and no
 * unit; the same report gives the same bytes.
 */
export function reportAsCsv(report: Report): Uint8Array {
  const files: Zippable = {};
  for (const grid of gridsOf(report)) files[`${grid.id}.csv`] = strToU8(csvOf(grid));
  return zipSync(files, { mtime: report.madeAt });
}

function csvOf({ header, rows }: Grid): string {
  return stringify([[...header], ...rows.map(({ cells }) => cells.map(({ value }) => value))], {
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    // A text that a spreadsheet would take for a formula.
    escape_formulas: true,
  });
}
