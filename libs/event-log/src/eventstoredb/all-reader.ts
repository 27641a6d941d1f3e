import { type AllStreamSubscription, BACKWARDS, END, type Position } from '@eventstore/db-client';
import { type StoredFact } from '#events';
import { type LogPage, type LogPosition, LOG_START } from '../event-log.port.js';
import {
  asEventLogError,
  CutShortError,
  isInvalidPosition,
  isPassing,
  TimeLimitError,
} from './client-failure.js';
import { type Connection, type Connections } from './connection.js';
import { positionOf, startAt, startBehind } from './event-position.js';
import { EventStream, READ_AHEAD } from './event-stream.js';
import { fromEvent, isFact } from './fact-event.js';
import { factFilter } from './fact-filter.js';
import { LastFact, type SeenEvent } from './last-fact.js';
import { BackOff } from './retry.js';
import { type EventStoreDbSettings } from './settings.js';

const FIRST_BACKWARD_COUNT = 8;
const MOST_BACKWARD_COUNT = 4_096;

export interface PageRange {
  readonly after: LogPosition;
  readonly upTo: LogPosition;
  readonly size: number;
  readonly signal?: AbortSignal;
}

/** Where a log ends, for those who look for facts. */
export interface LogEnd {
  /** Position of the last fact; LOG_START where there is none. */
  readonly head: LogPosition;
  /** Position of the last event of any kind. */
  readonly top: LogPosition;
}

/** Reads `$all`, where the facts stand among events of the node itself and of others. */
export class AllReader {
  private readonly lastFact = new LastFact();

  constructor(
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
  ) {}

  /**
   * One try: fails with the errors of the client, and with `TimeLimitError` where it takes too long to get through the
   * events after the last fact. The next try goes on where that one was.
   */
  async end(): Promise<LogEnd> {
    const { patienceMs } = this.settings;
    const giveUp = Date.now() + patienceMs;
    let count = FIRST_BACKWARD_COUNT;
    let before: LogPosition | undefined;
    let top: LogPosition | undefined;
    for (;;) {
      const seen = await this.backwards(before, count);
      top ??= seen[0]?.position ?? LOG_START;
      before = this.lastFact.learn(seen, top);
      if (before === undefined) {
        const head = this.lastFact.position;
        return { head, top: Math.max(head, top) };
      }
      if (Date.now() >= giveUp) {
        this.lastFact.breakOff(before, top);
        throw new TimeLimitError(patienceMs);
      }
      count = Math.min(count * 4, MOST_BACKWARD_COUNT);
    }
  }

  /** Position of the last event before a place of `$all`; LOG_START where there is none. One try. */
  async before(place: LogPosition): Promise<LogPosition> {
    const [event] = await this.backwards(place, 1);
    return event?.position ?? LOG_START;
  }

  /**
   * The facts after a position in pages, to the end of the log or to another position. A read that breaks off goes on
   * where it was, for as long as the patience lasts.
   *
   * @throws EventLogError `unavailable`, `corrupt`, or `invalid` where nothing begins at the position
   */
  async *pages(range: PageRange): AsyncGenerator<LogPage> {
    const backOff = new BackOff();
    let giveUp = Date.now() + this.settings.patienceMs;
    let after = range.after;
    let start = startAt;
    while (!range.signal?.aborted) {
      try {
        for await (const page of this.attempt({ ...range, after }, start)) {
          if (range.signal?.aborted) return;
          yield page;
          after = page.position;
          start = startAt;
          backOff.reset();
          giveUp = Date.now() + this.settings.patienceMs;
        }
        return;
      } catch (error) {
        if (range.signal?.aborted) return;
        if (isInvalidPosition(error) && start === startAt) {
          start = startBehind;
          continue;
        }
        if (!isPassing(error) || Date.now() >= giveUp) throw asEventLogError(error, 'cannot read the log');
        await backOff.wait(range.signal);
      }
    }
  }

  private async *attempt(range: PageRange, start: typeof startAt): AsyncGenerator<LogPage> {
    const { after, upTo, size, signal } = range;
    const { head, top } = await this.end();
    let position = after;
    let facts: StoredFact[] = [];
    if (after < Math.min(head, upTo)) {
      const connection = this.connections.use();
      const reading = this.open(connection, start(after), signal);
      try {
        for await (const { event } of reading.source) {
          reading.alive();
          if (!event?.position) continue;
          const place = positionOf(event.position);
          if (place <= after) continue;
          if (place > upTo) {
            yield { facts, position: upTo, caughtUp: false };
            return;
          }
          facts.push(fromEvent(event));
          position = place;
          if (position >= head) break;
          if (facts.length < size) continue;
          reading.pause();
          yield { facts, position, caughtUp: false };
          reading.resume();
          facts = [];
        }
      } catch (error) {
        if (isPassing(error) && !signal?.aborted) this.connections.replace(connection);
        throw error;
      } finally {
        reading.close();
      }
      if (signal?.aborted) return;
      // Only what the node said to be there proves that a read which ends has not broken off.
      if (position < head) throw new CutShortError(`the log was read to ${position}, and it goes to ${head}`);
    }
    position = Math.max(position, Math.min(top, upTo));
    yield { facts, position, caughtUp: position >= head };
  }

  /** A subscription, because the node filters those; a read of `$all` brings whatever stands there. */
  private open(
    connection: Connection,
    fromPosition: Position | 'start',
    signal?: AbortSignal,
  ): EventStream<AllStreamSubscription> {
    const filter = factFilter(() => reading.alive());
    const source = connection.client.subscribeToAll({ fromPosition, filter }, { highWaterMark: READ_AHEAD });
    const reading = EventStream.open(connection, source, { limitMs: this.settings.callLimitMs, signal });
    return reading;
  }

  /** The last events before a position, or of all, the last one first. */
  private backwards(before: LogPosition | undefined, maxCount: number): Promise<SeenEvent[]> {
    const fromPosition = before === undefined ? END : startAt(before);
    return EventStream.read(
      this.connections,
      ({ client }) => client.readAll({ direction: BACKWARDS, fromPosition, maxCount }),
      async (stream) => {
        const seen: SeenEvent[] = [];
        for await (const { event } of stream.source) {
          stream.alive();
          if (!event?.position) continue;
          seen.push({ position: positionOf(event.position), isFact: isFact(event) });
        }
        return seen;
      },
      this.settings.callLimitMs,
    );
  }
}
