import { type Database } from 'better-sqlite3';
import { EventLogError } from '../event-log.error.js';

/** Marks the file as a log of this project ("PLog"), so that no other database is taken for one. */
const APPLICATION_ID = 0x504c6f67;
const SCHEMA_VERSION = 1;

/**
 * Every index key is a small integer, and nearly always a growing one: long or random keys would rewrite a page per
 * fact and commit. So a stream is found by a hash of its name (and the name compared), and there is no index over
 * fact ids: a stream's own few facts answer whether an id is known.
 */
const TABLES = `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    name TEXT NOT NULL
  ) STRICT;
  CREATE INDEX streams_by_hash ON streams (hash);

  CREATE TABLE names (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE facts (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    source INTEGER NOT NULL,
    type INTEGER NOT NULL,
    time INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    id TEXT NOT NULL,
    subject TEXT,
    data TEXT NOT NULL,
    attributes TEXT
  ) STRICT;
  CREATE UNIQUE INDEX facts_by_stream ON facts (stream, revision);
`;

function pragma(database: Database, name: string): unknown {
  return database.pragma(name, { simple: true });
}

/** True for a file that holds nothing yet: neither this schema nor anybody's. */
function isBlank(database: Database): boolean {
  return pragma(database, 'user_version') === 0 && pragma(database, 'schema_version') === 0;
}

/** Creates the tables in an empty file; fails with `corrupt` on a file of another kind or version. */
export function createOrCheckSchema(database: Database): void {
  database
    .transaction(() => {
      if (isBlank(database)) {
        database.exec(TABLES);
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${SCHEMA_VERSION}`);
      }
      checkSchema(database);
    })
    .immediate();
}

/** Fails with `unavailable` while no writer has prepared the file, with `corrupt` when it is no log of this version. */
export function checkSchema(database: Database): void {
  if (isBlank(database)) {
    throw new EventLogError(
      'unavailable',
      `${database.name} holds no event log yet: no writer has opened it`,
    );
  }
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new EventLogError('corrupt', `${database.name} is a database, but not an event log`);
  }
  const version = pragma(database, 'user_version');
  if (version !== SCHEMA_VERSION) {
    throw new EventLogError(
      'corrupt',
      `${database.name} has schema version ${String(version)}; this version of the program knows ${SCHEMA_VERSION}`,
    );
  }
}
