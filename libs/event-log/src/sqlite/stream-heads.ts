import { type Database, type Statement } from 'better-sqlite3';
import QuickLRU from 'quick-lru';
import { NO_STREAM } from '../event-log.port.js';
import { StreamTable, streamHash } from './stream-table.js';

/** Where a stream stands. */
export interface StreamHead {
  readonly number: number;
  /** Of its last fact, also of one that the transaction under way has put there. */
  revision: number;
}

/** Streams kept in memory: up to twice as many, as the cache drops them by halves. */
const KEPT_STREAMS = 5_000;

/**
 * Where the streams stand that facts are put into. Those used last are kept in memory, which is right for the one
 * connection that writes and for nobody else.
 */
export class StreamHeads {
  private readonly kept = new QuickLRU<string, StreamHead>({ maxSize: KEPT_STREAMS });
  private readonly streams: StreamTable;
  private readonly lastRevision: Statement<[number], number>;
  private readonly insert: Statement<[number, string]>;

  constructor(database: Database) {
    this.streams = new StreamTable(database);
    this.lastRevision = database
      .prepare<[number], number>('SELECT revision FROM facts WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .pluck();
    this.insert = database.prepare('INSERT INTO streams (hash, name) VALUES (?, ?)');
  }

  /** Undefined when there is no such stream. */
  get(name: string): StreamHead | undefined {
    const kept = this.kept.get(name);
    if (kept) return kept;
    const number = this.streams.numberOf(name);
    if (number === undefined) return undefined;
    return this.keep(name, { number, revision: this.lastRevision.get(number) ?? NO_STREAM });
  }

  /** Makes a stream that is not there yet; the caller puts facts into it. */
  add(name: string): StreamHead {
    const number = Number(this.insert.run(streamHash(name), name).lastInsertRowid);
    return this.keep(name, { number, revision: NO_STREAM });
  }

  /** To be called when a transaction was undone: what was kept may come from it. */
  forget(): void {
    this.kept.clear();
  }

  private keep(name: string, head: StreamHead): StreamHead {
    this.kept.set(name, head);
    return head;
  }
}
