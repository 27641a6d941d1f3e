import { type Report, type ReportFormat } from '#report';
import { reportAsCsv } from '#report/render/report-csv';
import { reportAsHtml } from '#report/render/report-html';
import { reportAsXlsx } from '#report/render/report-xlsx';

/** The formats that have to be made; JSON is the report itself. */
export type FileFormat = Exclude<ReportFormat, 'json'>;

/** What the thread that makes files is asked. */
export interface FileTask {
  readonly id: number;
  readonly report: Report;
  readonly format: FileFormat;
}

/** What it replies: the file, or why there is none. */
export type FileOutcome =
  | { readonly id: number; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly fault: string };

/** The report as a file, in the calling thread: a workbook takes some hundred milliseconds. */
export async function fileOf(report: Report, format: FileFormat): Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return reportAsCsv(report);
    case 'xlsx':
      return reportAsXlsx(report);
    case 'html':
      return Buffer.from(reportAsHtml(report));
  }
}
