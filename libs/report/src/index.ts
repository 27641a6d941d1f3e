export * from './document.js';
export { REPORT_FORMATS, REPORT_MEDIA_TYPES, type ReportFormat } from './formats.js';
export { makeReport, type ReportParts } from './make-report.js';
export { reportAsCsv } from './render/report-csv.js';
export { reportAsHtml, REPORT_PAGE_POLICY } from './render/report-html.js';
export { reportAsXlsx } from './render/report-xlsx.js';
export { type ReportQuestion } from './scope.js';
