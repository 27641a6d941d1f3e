export interface SqliteEventLogOptions {
  /** One process may open a file for writing; any number, and any thread, may read it. */
  readonly mode: 'write' | 'read';
  /** SQLite's page cache of the writing connection, in MB. */
  readonly writerCacheMegabytes?: number;
  /** SQLite's page cache of the reading connection, in MB. */
  readonly readerCacheMegabytes?: number;
  /** Facts in one commit, at most (one append is never divided). */
  readonly maxCommitFacts?: number;
  /** Bytes in one commit, at most (one append is never divided). */
  readonly maxCommitBytes?: number;
  /** Facts accepted but not yet committed, at most; more are turned away as `overloaded`. */
  readonly maxWaitingFacts?: number;
  /** Bytes accepted but not yet committed, at most. */
  readonly maxWaitingBytes?: number;
}

export type SqliteSettings = Required<Omit<SqliteEventLogOptions, 'mode'>>;

const DEFAULTS: SqliteSettings = {
  writerCacheMegabytes: 48,
  readerCacheMegabytes: 16,
  maxCommitFacts: 5_000,
  maxCommitBytes: 16 * 1024 * 1024,
  maxWaitingFacts: 20_000,
  maxWaitingBytes: 64 * 1024 * 1024,
};

/** The options with the default in every place that is open. */
export function settingsOf({ mode: _mode, ...given }: SqliteEventLogOptions): SqliteSettings {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(named) };
}
