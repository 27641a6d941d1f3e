import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { Sqlite } from '#sqlite';
import { makeFolder } from '#calendar';
import { ReadModelError } from '../read-model.error.js';
import { asReadModelError } from './sqlite-errors.js';

/** Marks a file as a store of read models, so that no other database is taken for one. */
const APPLICATION_ID = 0x5045524d;
const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 10_000;
const CACHE_MEGABYTES = 16;
/** Whoever only reads goes through the rows once, in their order. */
const READER_CACHE_MEGABYTES = 2;
/** Pages (of 4 KB) in the write-ahead log before they are moved home: few moves make rebuilding fast. */
const CHECKPOINT_PAGES = 20_000;

const SCHEMA = `
  CREATE TABLE models (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    generation INTEGER NOT NULL,
    form TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    state TEXT NOT NULL,
    checkpoint INTEGER NOT NULL,
    problem_position INTEGER,
    problem_detail TEXT,
    UNIQUE (projection, version, digest, generation)
  ) STRICT;
  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT;`;

/**
 * Opens the file; creates it and its tables where they are missing, unless it is only to be read.
 *
 * @throws ReadModelError `unavailable` when it cannot be opened, `corrupt` when it is damaged or no database,
 *   `invalid` when it is another database
 */
export function openConnection(path: string, readonly: boolean): Database.Database {
  const doing = `cannot open the read models ${path}`;
  if (readonly && !existsSync(path)) {
    throw notMadeYet(doing);
  }
  let database: Database.Database | undefined;
  try {
    if (!readonly) makeFolder(dirname(path));
    database = new Sqlite(path, { readonly, timeout: BUSY_TIMEOUT_MS });
    if (!readonly) prepareForWriting(database);
    else if (isEmpty(database)) throw notMadeYet(doing);
    checkSchema(database);
    database.pragma(`cache_size = ${-(readonly ? READER_CACHE_MEGABYTES : CACHE_MEGABYTES) * 1024}`);
    return database;
  } catch (error) {
    database?.close();
    throw asOpeningError(error, doing);
  }
}

function notMadeYet(doing: string): ReadModelError {
  return new ReadModelError('unavailable', `${doing}: no projector has made them yet`);
}

function asOpeningError(error: unknown, doing: string): unknown {
  const named = asReadModelError(error, doing);
  if (named instanceof ReadModelError) return named;
  // The driver and the file system report a missing or forbidden folder with errors of their own.
  const reason = error instanceof Error ? error.message : String(error);
  return new ReadModelError('unavailable', `${doing}: ${reason}`, { cause: error });
}

function prepareForWriting(database: Database.Database): void {
  if (isEmpty(database)) {
    database.pragma('journal_mode = WAL');
    database.transaction(createSchema).immediate(database);
  }
  // A crash of the machine may undo the last commits, but never one before another: the log has all of it.
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
}

function isEmpty(database: Database.Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function createSchema(database: Database.Database): void {
  // Another thread may have been faster.
  if (!isEmpty(database)) return;
  database.exec(SCHEMA);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${SCHEMA_VERSION}`);
}

function checkSchema(database: Database.Database): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new ReadModelError('invalid', `${database.name} is a database, but not one of read models`);
  }
  const version = database.pragma('user_version', { simple: true });
  if (version !== SCHEMA_VERSION) {
    throw new ReadModelError(
      'invalid',
      `${database.name} has the form ${String(version)} of read models, this version knows ${SCHEMA_VERSION}; ` +
        'the file can be deleted, read models are rebuilt from the log',
    );
  }
}
