import { EventLogError, type EventLogErrorCode } from '../event-log.error.js';

/** SQLite's own name of an error (`SQLITE_FULL`), or undefined when it is not SQLite that failed. */
export function sqliteCode(error: unknown): string | undefined {
  // Not instanceof: the driver's native part keeps the error class of whoever loaded it first in the process.
  if (!(error instanceof Object) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('SQLITE_') ? error.code : undefined;
}

function eventLogCode(code: string): EventLogErrorCode {
  if (/^SQLITE_(CORRUPT|NOTADB|CONSTRAINT|MISMATCH|SCHEMA)/.test(code)) return 'corrupt';
  // A failed flush leaves open whether a crash right now would find the commit in the write-ahead log.
  if (/^SQLITE_IOERR_(DIR_)?FSYNC$/.test(code)) return 'outcome-unknown';
  return 'unavailable';
}

/** What the log reports for a failure of SQLite; anything else is given back as it came. */
export function asEventLogError(error: unknown, doing: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const reason = error instanceof Object && 'message' in error ? String(error.message) : code;
  return new EventLogError(eventLogCode(code), `${doing}: ${reason} (${code})`, { cause: error });
}
