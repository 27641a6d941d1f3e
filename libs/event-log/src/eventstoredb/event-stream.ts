import { type AllStreamSubscription, type StreamingRead, type ResolvedEvent } from '@eventstore/db-client';
import { isPassing, TimeLimitError } from './client-failure.js';
import { type Connection, type Connections } from './connection.js';

type ClientStream = StreamingRead<ResolvedEvent> | AllStreamSubscription;

/** Events that the client keeps ready for whoever reads them. */
export const READ_AHEAD = 256;

/**
 * A stream of events from the client while it is read: its errors are heard, its connection is held, its silence has a
 * limit, and what is left of it is given up in the end. To be read by `for await` alone, which takes no more than it
 * works off.
 */
export class EventStream<T extends ClientStream> {
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly onAbort = () => void this.source.destroy();
  private heard = Date.now();
  private isPaused = false;

  private constructor(
    readonly source: T,
    private readonly connection: Connection,
    limitMs: number | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {
    connection.hold();
    // Nobody listens between two reads, and an error that nobody hears ends the process.
    source.on('error', () => undefined);
    if (limitMs !== undefined) this.timer = setInterval(() => this.check(limitMs), limitMs / 4).unref();
    if (signal?.aborted) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort);
  }

  /**
   * Opens a stream and reads it. A failure that may pass replaces the connection, and is thrown as it came.
   *
   * @param limitMs how long the source may be silent while it is waited for; for ever when absent
   */
  static async read<T extends ClientStream, R>(
    connections: Connections,
    open: (connection: Connection) => T,
    read: (stream: EventStream<T>) => Promise<R>,
    limitMs?: number,
  ): Promise<R> {
    const connection = connections.use();
    const stream = new EventStream(open(connection), connection, limitMs, undefined);
    try {
      return await read(stream);
    } catch (error) {
      if (isPassing(error)) connections.replace(connection);
      throw error;
    } finally {
      stream.close();
    }
  }

  /** The same for a reader that gives pages to somebody else; who opens it has to close it. */
  static open<T extends ClientStream>(
    connection: Connection,
    source: T,
    options: { readonly limitMs?: number; readonly signal?: AbortSignal },
  ): EventStream<T> {
    return new EventStream(source, connection, options.limitMs, options.signal);
  }

  /** An event came. */
  alive(): void {
    this.heard = Date.now();
  }

  /** What came is being worked on: the source is not waited for. */
  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.alive();
  }

  close(): void {
    clearInterval(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
    const ended = 'unsubscribe' in this.source ? this.source.unsubscribe() : this.source.cancel();
    ended.catch(() => undefined);
    this.source.destroy();
    this.connection.release();
  }

  private check(limitMs: number): void {
    if (!this.isPaused && Date.now() - this.heard >= limitMs)
      this.source.destroy(new TimeLimitError(limitMs));
  }
}
