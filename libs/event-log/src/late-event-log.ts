import { EventLogError } from './event-log.error.js';
import {
  type AppendOutcome,
  type AppendRequest,
  type EventLog,
  type LogPage,
  type LogPosition,
  type ReadAllOptions,
} from './event-log.port.js';

/**
 * A log that could not be opened yet: every call tries again to open it first, and fails as that fails. Calls made at
 * the same time share one attempt.
 */
export class LateEventLog implements EventLog {
  /** Only files are opened late, and they take facts of any size. */
  readonly maxFactBytes = Infinity;
  private opening: Promise<EventLog> | undefined;
  private isClosed = false;

  constructor(private readonly open: () => Promise<EventLog>) {}

  async append(request: AppendRequest): Promise<AppendOutcome> {
    return (await this.opened()).append(request);
  }

  async readStream(stream: string) {
    return (await this.opened()).readStream(stream);
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<LogPage> {
    yield* (await this.opened()).readAll(options);
  }

  async *follow(options: Omit<ReadAllOptions, 'upTo'> & { signal: AbortSignal }): AsyncGenerator<LogPage> {
    yield* (await this.opened()).follow(options);
  }

  async head(): Promise<LogPosition> {
    return (await this.opened()).head();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const log = await this.opening?.catch(() => undefined);
    await log?.close();
  }

  private opened(): Promise<EventLog> {
    if (this.isClosed) return Promise.reject(new EventLogError('unavailable', 'the event log is closed'));
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }
}
