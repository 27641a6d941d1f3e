export { auditLogPage, type AuditLogPage, parseCursor, streamAuditLog } from './audit-log.js';
export { type Difference, differences } from './compare.js';
export { type ReplayAnswer } from './replay.js';
export { ReplayError } from './replay.error.js';
export { runReplay, type RunReplayOptions } from './run-replay.js';
