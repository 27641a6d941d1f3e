export * from './document.js';
export { REPORT_FORMATS, type ReportFormat } from './formats.js';
export { makeReport, type ReportParts } from './make-report.js';
export { type ReportQuestion } from './scope.js';
