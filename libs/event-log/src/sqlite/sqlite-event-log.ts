import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type StoredFact } from '#events';
import { endsBefore, EventLogError } from '../event-log.error.js';
import {
  type AppendOutcome,
  type AppendRequest,
  type EventLog,
  type LogPage,
  type LogPosition,
  type ReadAllOptions,
} from '../event-log.port.js';
import { requirePage } from '../storable.js';
import { Bell } from './bell.js';
import { settingsOf, type SqliteEventLogOptions } from './settings.js';
import { SqliteReader } from './sqlite-reader.js';
import { type StreamFilter } from './stream-filter.js';
import { WriterClient, type WriterStats } from './writer-client.js';

const DEFAULT_PAGE_SIZE = 1_000;
/** How long a follower of a log that another process writes sleeps: short after a fact, longer when none come. */
const SHORTEST_SLEEP_MS = 1;
const LONGEST_SLEEP_MS = 25;

/** The log in a SQLite file: written by a thread of its own, read through a connection of the calling thread. */
export class SqliteEventLog implements EventLog {
  readonly maxFactBytes = Infinity;
  private closing: Promise<void> | undefined;
  /** Who writes alone knows which streams there are not, and need not look for them. */
  private readonly known: StreamFilter | undefined;

  constructor(
    private readonly path: string,
    private readonly reader: SqliteReader,
    private readonly bell: Bell,
    private readonly writer?: WriterClient,
  ) {
    this.known = writer ? reader.filter() : undefined;
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    if (this.closing) return Promise.reject(this.closed());
    if (!this.writer) {
      const reason = `the event log ${this.path} is open for reading only`;
      return Promise.reject(new EventLogError('invalid', reason));
    }
    this.known?.add(request.stream);
    return this.writer.append(request);
  }

  async readStream(stream: string): Promise<readonly StoredFact[]> {
    this.requireOpen();
    return this.known && !this.known.mayHave(stream) ? [] : this.reader.stream(stream);
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<LogPage> {
    const { upTo = Number.MAX_SAFE_INTEGER, signal } = options;
    let position = options.after;
    while (!signal?.aborted) {
      const page = this.nextPage(position, upTo, options.pageSize);
      yield page;
      // Reading is synchronous: without a pause long or repeated reads would keep everything else from its turn.
      await nextTurn();
      if (page.caughtUp || page.position >= upTo) return;
      position = page.position;
    }
  }

  async *follow(options: Omit<ReadAllOptions, 'upTo'> & { signal: AbortSignal }): AsyncGenerator<LogPage> {
    const { signal, ...range } = options;
    const head = await this.head();
    if (range.after > head) throw new EventLogError('corrupt', endsBefore(head, range.after));
    let position = options.after;
    let sleep = SHORTEST_SLEEP_MS;
    // The first page is given even when empty: it says that the end has been reached.
    let given = false;
    while (!signal.aborted) {
      const page = this.nextPage(position, Number.MAX_SAFE_INTEGER, range.pageSize);
      if (page.facts.length > 0 || !given) {
        given = true;
        sleep = SHORTEST_SLEEP_MS;
        yield page;
        position = page.position;
        await nextTurn();
      } else {
        // The own writer rings; only for somebody else's the file has to be looked at again and again.
        await this.bell.wait(signal, this.writer ? undefined : sleep);
        sleep = Math.min(2 * sleep, LONGEST_SLEEP_MS);
      }
    }
  }

  async head(): Promise<LogPosition> {
    this.requireOpen();
    return this.reader.head();
  }

  /** What the writer has done so far; undefined when the log is open for reading only. */
  stats(): WriterStats | undefined {
    return this.writer?.stats();
  }

  close(): Promise<void> {
    this.closing ??= this.free();
    return this.closing;
  }

  private async free(): Promise<void> {
    // The reader first: SQLite empties the write-ahead log when the last connection is one that may write.
    this.reader.close();
    this.bell.ring();
    await this.writer?.close();
  }

  private nextPage(after: LogPosition, upTo: LogPosition, size = DEFAULT_PAGE_SIZE): LogPage {
    this.requireOpen();
    requirePage(after, upTo, size);
    return this.reader.page(after, upTo, size);
  }

  private requireOpen(): void {
    if (this.closing) throw this.closed();
  }

  private closed(): EventLogError {
    return new EventLogError('unavailable', `the event log ${this.path} is closed`);
  }
}

/** One name for a file however it is reached, so that its lock is one too. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}

/**
 * Opens the log in a SQLite file. `write` creates file and folder where needed and fails with `locked` while another
 * writer has it; `read` fails with `unavailable` until a writer has created it. Both fail with `corrupt` when the file
 * is something else.
 */
export async function openSqliteEventLog(
  path: string,
  options: SqliteEventLogOptions,
): Promise<SqliteEventLog> {
  const file = realPath(path);
  const settings = settingsOf(options);
  const bell = new Bell();
  const writer =
    options.mode === 'write' ? await WriterClient.start(file, settings, () => bell.ring()) : undefined;
  try {
    return new SqliteEventLog(file, new SqliteReader(file, settings.readerCacheMegabytes), bell, writer);
  } catch (error) {
    await writer?.close();
    throw error;
  }
}
