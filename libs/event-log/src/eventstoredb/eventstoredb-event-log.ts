import { EventStoreDBClient } from '@eventstore/db-client';
import { type StoredFact } from '#events';
import { EventLogError } from '../event-log.error.js';
import {
  type AppendOutcome,
  type AppendRequest,
  type EventLog,
  type LogPage,
  type LogPosition,
  type ReadAllOptions,
} from '../event-log.port.js';
import { requireAppend, requirePage } from '../storable.js';
import { AllReader } from './all-reader.js';
import { AppendQueue } from './append-queue.js';
import { Appender } from './appender.js';
import { asEventLogError, isPassing } from './client-failure.js';
import { Connections } from './connection.js';
import { clientString, withoutCredentials } from './connection-string.js';
import { fromEvent, isFact, MOST_BEYOND_JSON, toEvent } from './fact-event.js';
import { Follower } from './follower.js';
import { withPatience } from './retry.js';
import { type EventStoreDbOptions, type EventStoreDbSettings, settingsOf } from './settings.js';
import { readEvents } from './stream-reader.js';

const DEFAULT_PAGE_SIZE = 1_000;

/**
 * The log in EventStoreDB: facts are events of `it.mip.…` types in streams of their own, positions are commit positions.
 * It opens without the node being there, and finds it again whenever it was away.
 */
export class EventStoreDbEventLog implements EventLog {
  readonly maxFactBytes: number;
  private readonly queue: AppendQueue;
  private readonly all: AllReader;
  private readonly follower: Follower;
  private readonly stop = new AbortController();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly name: string,
    private readonly mode: EventStoreDbOptions['mode'],
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
  ) {
    const appender = new Appender(connections, settings);
    this.maxFactBytes = settings.maxAppendBytes - MOST_BEYOND_JSON;
    this.queue = new AppendQueue((call) => appender.append(call), settings);
    this.all = new AllReader(connections, settings);
    this.follower = new Follower(connections, settings, this.all);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.requireOpen();
    if (this.mode === 'read') {
      throw new EventLogError('invalid', `the event log ${this.name} is open for reading only`);
    }
    const { stream, expectedRevision, facts } = requireAppend(request);
    if (stream === '' || stream.startsWith('$')) {
      throw new EventLogError('invalid', `no stream of facts can be called ${JSON.stringify(stream)}`);
    }
    return this.queue.add({ stream, expectedRevision, events: facts.map((fact) => toEvent(stream, fact)) });
  }

  async readStream(stream: string): Promise<readonly StoredFact[]> {
    this.requireOpen();
    const events = await this.patiently(`cannot read the stream ${stream}`, () =>
      readEvents(this.connections, stream, {}, this.settings.callLimitMs),
    );
    return events.filter(isFact).map(fromEvent);
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<LogPage> {
    const { after, upTo = Number.MAX_SAFE_INTEGER, pageSize: size = DEFAULT_PAGE_SIZE } = options;
    this.requireOpen();
    requirePage(after, upTo, size);
    const signal = options.signal ? AbortSignal.any([options.signal, this.stop.signal]) : this.stop.signal;
    yield* this.all.pages({ after, upTo, size, signal });
    if (!options.signal?.aborted) this.requireOpen();
  }

  async *follow(options: Omit<ReadAllOptions, 'upTo'> & { signal: AbortSignal }): AsyncGenerator<LogPage> {
    const { after, pageSize: size = DEFAULT_PAGE_SIZE } = options;
    this.requireOpen();
    requirePage(after, Number.MAX_SAFE_INTEGER, size);
    const signal = AbortSignal.any([options.signal, this.stop.signal]);
    yield* this.follower.pages({ after, size, signal });
    if (!options.signal.aborted) this.requireOpen();
  }

  async head(): Promise<LogPosition> {
    this.requireOpen();
    const { head } = await this.patiently('cannot find the end of the log', () => this.all.end());
    return head;
  }

  close(): Promise<void> {
    this.closing ??= this.free();
    return this.closing;
  }

  private async free(): Promise<void> {
    await this.queue.settled();
    this.stop.abort();
    this.connections.close();
  }

  private async patiently<T>(doing: string, attempt: () => Promise<T>): Promise<T> {
    try {
      return await withPatience(this.settings.patienceMs, attempt, (error) => {
        if (!isPassing(error)) throw error;
      });
    } catch (error) {
      throw asEventLogError(error, doing);
    }
  }

  private requireOpen(): void {
    if (this.closing) throw new EventLogError('unavailable', `the event log ${this.name} is closed`);
  }
}

/**
 * Opens the log that a connection string of EventStoreDB names. The node need not be there yet.
 *
 * @throws EventLogError `invalid` when the string cannot be understood; the message holds no credentials
 */
export function openEventStoreDbEventLog(url: string, options: EventStoreDbOptions): EventStoreDbEventLog {
  const text = clientString(url);
  const open = () => EventStoreDBClient.connectionString(text);
  const settings = settingsOf(options);
  const connections = new Connections(open, settings.callLimitMs);
  try {
    connections.use();
  } catch (error) {
    // The client's own message may show any part of the string.
    const expected = (error as { expected?: unknown }).expected;
    const reason =
      typeof expected === 'string' ? `expected ${expected}` : 'a certificate or an option is wrong';
    throw new EventLogError('invalid', `the EventStoreDB connection string cannot be used: ${reason}`);
  }
  return new EventStoreDbEventLog(withoutCredentials(url), options.mode, connections, settings);
}
