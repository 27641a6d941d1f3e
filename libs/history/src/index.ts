export { demoDigest, demoHistory } from './demo-history.js';
export { type DemoEvent } from './emit.js';
export { type ReportFigures, reportFigures } from './report-figures.js';
export { DEMO_SOURCES, isDemoSource } from './sources.js';
