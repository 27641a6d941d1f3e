import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Sqlite } from '#sqlite';
import { EventLogError } from '../event-log.error.js';
import { asEventLogError } from './sqlite-errors.js';
import { checkSchema, createOrCheckSchema } from './schema.js';

/** Pages (of 4 KB) in the write-ahead log before they are moved home: few moves make bulk loading fast. */
const CHECKPOINT_PAGES = 20_000;
const SYNCHRONOUS_FULL = 2;

function setCache(database: Database.Database, megabytes: number): void {
  database.pragma(`cache_size = ${-megabytes * 1024}`);
}

function assertPragma(database: Database.Database, name: string, wanted: unknown): void {
  const found = database.pragma(name, { simple: true });
  if (found !== wanted) {
    throw new EventLogError(
      'unavailable',
      `${database.name}: ${name} is ${String(found)}, and only with ${String(wanted)} are facts durable`,
    );
  }
}

/** Fails unless every commit of the connection is flushed to the disk before it counts as done. */
export function assertDurable(database: Database.Database): void {
  assertPragma(database, 'journal_mode', 'wal');
  assertPragma(database, 'synchronous', SYNCHRONOUS_FULL);
}

function openPrepared(
  path: string,
  options: Database.Options,
  prepare: (database: Database.Database) => void,
): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Sqlite(path, options);
    prepare(database);
    return database;
  } catch (error) {
    database?.close();
    throw asEventLogError(error, `cannot open the event log ${path}`);
  }
}

/** The one connection that writes; creates the file and its tables where they are missing. */
export function openForWriting(path: string, cacheMegabytes: number): Database.Database {
  return openPrepared(path, {}, (database) => {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    assertDurable(database);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    setCache(database, cacheMegabytes);
    createOrCheckSchema(database);
  });
}

/** A connection that can only read. Fails with `unavailable` where there is no log yet. */
export function openForReading(path: string, cacheMegabytes: number): Database.Database {
  if (!existsSync(path)) {
    throw new EventLogError('unavailable', `there is no event log at ${path} yet: no writer has opened it`);
  }
  return openPrepared(path, { readonly: true, fileMustExist: true }, (database) => {
    setCache(database, cacheMegabytes);
    checkSchema(database);
  });
}
