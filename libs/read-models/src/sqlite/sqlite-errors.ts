import { ReadModelError, type ReadModelErrorCode } from '../read-model.error.js';

/** SQLite's own name of an error (`SQLITE_FULL`), or undefined when it is not SQLite that failed. */
function sqliteCode(error: unknown): string | undefined {
  // Not instanceof: the driver's native part keeps the error class of whoever loaded it first in the process.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (typeof error.code !== 'string') return undefined;
  return error.code.startsWith('SQLITE_') ? error.code : undefined;
}

function readModelCode(code: string): ReadModelErrorCode {
  if (/^SQLITE_(CORRUPT|NOTADB|SCHEMA)/.test(code)) return 'corrupt';
  if (/^SQLITE_(CONSTRAINT|MISMATCH|RANGE|TOOBIG)/.test(code)) return 'invalid';
  return 'unavailable';
}

/** What the store reports for a failure of SQLite; anything else is given back as it came. */
export function asReadModelError(error: unknown, doing: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const reason = (error as { readonly message?: string }).message ?? code;
  const kind = readModelCode(code);
  const advice = kind === 'corrupt' ? '; the file can be deleted, read models are rebuilt from the log' : '';
  return new ReadModelError(kind, `${doing}: ${reason} (${code})${advice}`, { cause: error });
}
