import { type AllStreamSubscription, type Position, type ResolvedEvent } from '@eventstore/db-client';
import { endsBefore, EventLogError } from '../event-log.error.js';
import { type LogPage, type LogPosition } from '../event-log.port.js';
import { type AllReader } from './all-reader.js';
import { asEventLogError, CutShortError, isInvalidPosition, isPassing } from './client-failure.js';
import { type Connections } from './connection.js';
import { positionOf, startAt, startBehind } from './event-position.js';
import { EventStream, READ_AHEAD } from './event-stream.js';
import { fromEvent } from './fact-event.js';
import { factFilter } from './fact-filter.js';
import { PageBuffer } from './page-buffer.js';
import { BackOff } from './retry.js';
import { type EventStoreDbSettings } from './settings.js';

const LONGEST_PAUSE_MS = 5_000;

export interface FollowRange {
  readonly after: LogPosition;
  readonly size: number;
  readonly signal: AbortSignal;
}

/** Follows `$all` by a subscription that the node filters, and subscribes again whenever it breaks off. */
export class Follower {
  constructor(
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
    private readonly all: AllReader,
  ) {}

  /**
   * Pages of facts after a position, for ever: ends only by the signal.
   *
   * @throws EventLogError when trying again is of no use: `corrupt`, `invalid`, access refused
   */
  async *pages({ after, size, signal }: FollowRange): AsyncGenerator<LogPage> {
    const backOff = new BackOff(LONGEST_PAUSE_MS);
    let position = after;
    let start: typeof startAt = startAt;
    while (!signal.aborted) {
      try {
        for await (const page of this.attempt({ after: position, size, signal }, start)) {
          if (signal.aborted) return;
          yield page;
          if (page.position > position) {
            start = startAt;
            backOff.reset();
          }
          position = page.position;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (isInvalidPosition(error) && start === startAt) {
          start = startBehind;
          continue;
        }
        if (!isPassing(error)) throw asEventLogError(error, 'cannot follow the log');
      }
      await backOff.wait(signal);
    }
  }

  private async *attempt(
    { after, size, signal }: FollowRange,
    start: typeof startAt,
  ): AsyncGenerator<LogPage> {
    // Nodes before 23.10 do not say when a subscription has caught up; the facts themselves do.
    const { head, top } = await this.all.end();
    // A subscription that begins beyond the end would pass over everything that comes before it gets there.
    if (after > top) throw new EventLogError('corrupt', endsBefore(top, after));
    const buffer = new PageBuffer(after, head, size);
    const connection = this.connections.use();
    const filter = factFilter((checkpoint) => this.noteCheckpoint(buffer, checkpoint));
    const source: AllStreamSubscription = connection.client.subscribeToAll(
      { fromPosition: start(after), filter },
      { highWaterMark: READ_AHEAD },
    );
    source.on('caughtUp', () => buffer.markCaughtUp());
    const stream = EventStream.open(connection, source, { signal });
    const reading = read(source, buffer);
    try {
      for (;;) {
        const page = await buffer.next(signal, this.settings.silenceMs);
        if (signal.aborted) return;
        if (page) yield page;
        else await this.requireNothingMissed(buffer);
      }
    } catch (error) {
      if (isPassing(error)) this.connections.replace(connection);
      throw error;
    } finally {
      buffer.close();
      stream.close();
      await reading;
    }
  }

  /**
   * Moves on to a checkpoint. One of a subscription that catches up stands where an event begins, not at an event: then
   * it is the event before it that the position becomes, since from that one can be read on.
   */
  private noteCheckpoint(buffer: PageBuffer, checkpoint: Position): void {
    const isEvent = checkpoint.prepare >= checkpoint.commit;
    const place = async () => (isEvent ? positionOf(checkpoint) : this.all.before(positionOf(checkpoint)));
    // Without this one the position moves on with the next.
    place().then(
      (position) => buffer.markCheckpoint(position),
      (error) => (error instanceof EventLogError ? buffer.fail(error) : undefined),
    );
  }

  /** A subscription that is silent while there are facts is dead, whatever it says of itself. */
  private async requireNothingMissed(buffer: PageBuffer): Promise<void> {
    const { head } = await this.all.end();
    if (head > buffer.position && !buffer.hasNews) {
      throw new CutShortError(`nothing came after ${buffer.position}, and the log goes to ${head}`);
    }
  }
}

/** Never rejects: what ends the reading is told by the buffer. */
async function read(source: AllStreamSubscription, buffer: PageBuffer): Promise<void> {
  buffer.watch(() => source.readableLength);
  try {
    for await (const { event } of source as AsyncIterable<ResolvedEvent>) {
      if (!event?.position) continue;
      const room = buffer.add(fromEvent(event));
      if (room) await room;
    }
    buffer.fail(new CutShortError('the node ended the subscription'));
  } catch (error) {
    buffer.fail(error);
  }
}
