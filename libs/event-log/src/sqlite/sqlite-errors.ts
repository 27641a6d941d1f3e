import { EventLogError, type EventLogErrorCode } from '../event-log.error.js';

function textIn(error: unknown, key: 'code' | 'message'): string | undefined {
  // Not instanceof: the driver's native part keeps the error class of whoever loaded it first in the process.
  if (typeof error !== 'object' || error === null || !(key in error)) return undefined;
  const value: unknown = (error as Record<typeof key, unknown>)[key];
  return typeof value === 'string' ? value : undefined;
}

/** SQLite's own name of an error (`SQLITE_FULL`), or undefined when it is not SQLite that failed. */
export function sqliteCode(error: unknown): string | undefined {
  const code = textIn(error, 'code');
  return code?.startsWith('SQLITE_') ? code : undefined;
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
  const reason = textIn(error, 'message') ?? 'no reason given';
  return new EventLogError(eventLogCode(code), `${doing}: ${reason} (${code})`, { cause: error });
}
