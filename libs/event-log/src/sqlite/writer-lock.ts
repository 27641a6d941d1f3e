import { Sqlite } from '#sqlite';
import { EventLogError } from '../event-log.error.js';
import { sqliteCode } from './sqlite-errors.js';

/**
 * Takes the right to write to a log file, and holds it until the returned function is called or the process ends,
 * however it ends: the right is a lock of the operating system on `<path>.lock`, taken by a transaction that is never
 * finished. Fails with `locked` when another thread or process holds it.
 */
export function takeWriterLock(path: string): () => void {
  const file = `${path}.lock`;
  const database = new Sqlite(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw error;
    throw new EventLogError('locked', `another writer has the event log ${path} open (it holds ${file})`, {
      cause: error,
    });
  }
  return () => database.close();
}
