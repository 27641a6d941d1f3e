import { type Database, type Statement } from 'better-sqlite3';
import { type StoredFact } from '#events';
import { type LogPage, type LogPosition } from '../event-log.port.js';
import { openForReading } from './connections.js';
import { fromRow, type StoredRow } from './fact-row.js';
import { asEventLogError } from './sqlite-errors.js';
import { StreamFilter } from './stream-filter.js';
import { StreamTable } from './stream-table.js';

// A fact whose stream is lost has to be noticed, not left out: hence the outer join.
const SELECT_FACTS = `
  SELECT position, streams.name, revision, source, type, time, recorded, accepted, id, subject, data, attributes
  FROM facts LEFT JOIN streams ON streams.number = facts.stream`;

/** Reads a log file through a connection of its own. Every call sees whole commits only. */
export class SqliteReader {
  private readonly database: Database;
  private readonly streams: StreamTable;
  private readonly names = new Map<number, string>();
  private readonly allNames: Statement<[], [number, string]>;
  private readonly factsOfStream: Statement<[number], StoredRow>;
  private readonly factsBetween: Statement<[number, number, number], StoredRow>;
  private readonly lastPosition: Statement<[], number>;
  private readonly readPage: (after: LogPosition, upTo: LogPosition, size: number) => LogPage;

  constructor(path: string, cacheMegabytes: number) {
    const database = openForReading(path, cacheMegabytes);
    this.database = database;
    this.streams = new StreamTable(database);
    this.allNames = database.prepare<[], [number, string]>('SELECT number, name FROM names').raw();
    this.factsOfStream = database
      .prepare<[number], StoredRow>(`${SELECT_FACTS} WHERE stream = ? ORDER BY revision`)
      .raw();
    this.factsBetween = database
      .prepare<[number, number, number], StoredRow>(
        `${SELECT_FACTS} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
      )
      .raw();
    this.lastPosition = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM facts').pluck();
    this.readPage = this.pageReader();
  }

  head(): LogPosition {
    return this.guarded(() => this.lastPosition.get() ?? 0);
  }

  stream(name: string): StoredFact[] {
    // Without a transaction: a stream keeps its number, and its facts are read in one statement.
    return this.guarded(() => {
      const number = this.streams.numberOf(name);
      return number === undefined ? [] : this.toFacts(this.factsOfStream.all(number));
    });
  }

  /** All streams that there are, as the filter that tells other names from theirs. */
  filter(): StreamFilter {
    return this.guarded(() => {
      const filter = new StreamFilter(this.streams.count());
      for (const hash of this.streams.hashes()) filter.addHash(hash);
      return filter;
    });
  }

  /** The next facts after a position, up to and with another, at most `size` of them. */
  page(after: LogPosition, upTo: LogPosition, size: number): LogPage {
    return this.guarded(() => this.readPage(after, upTo, size));
  }

  close(): void {
    this.database.close();
  }

  /** Head and facts of one state of the log. */
  private pageReader(): (after: LogPosition, upTo: LogPosition, size: number) => LogPage {
    return this.database.transaction((after: LogPosition, upTo: LogPosition, size: number) => {
      const head = this.lastPosition.get() ?? 0;
      const facts = this.toFacts(this.factsBetween.all(after, upTo, size));
      const last = facts.length === size ? facts.at(-1)?.position : undefined;
      const position = last ?? Math.max(after, Math.min(head, upTo));
      return { facts, position, caughtUp: position >= head };
    });
  }

  private guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw asEventLogError(error, `cannot read the event log ${this.database.name}`);
    }
  }

  private toFacts(rows: readonly StoredRow[]): StoredFact[] {
    return rows.map((row) => fromRow(row, (number) => this.nameOf(number)));
  }

  private nameOf(number: number): string | undefined {
    if (!this.names.has(number)) {
      for (const [known, name] of this.allNames.all()) this.names.set(known, name);
    }
    return this.names.get(number);
  }
}
