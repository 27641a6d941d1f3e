export * from './document.js';
export { REPORT_FORMATS, REPORT_MEDIA_TYPES, type ReportFormat } from './formats.js';
export { makeReport, type ReportParts } from './make-report.js';
export { REPORT_PAGE_POLICY } from './render/report-html.js';
export { type ReportQuestion } from './scope.js';
