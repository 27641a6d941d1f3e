/** The forms that a report is given out in. */
export const REPORT_FORMATS = ['json', 'csv', 'xlsx', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Their media types; the CSV files of a report come in one archive. */
export const REPORT_MEDIA_TYPES = {
  json: 'application/json',
  csv: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
} as const satisfies Record<ReportFormat, string>;
