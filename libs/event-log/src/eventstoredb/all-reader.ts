import { BACKWARDS, END, FORWARDS, type ResolvedEvent, type StreamingRead } from '@eventstore/db-client';
import { type StoredFact } from '#events';
import { type LogPage, type LogPosition, LOG_START } from '../event-log.port.js';
import { asEventLogError, CutShortError, isInvalidPosition, isPassing } from './client-failure.js';
import { type Connections } from './connection.js';
import { positionOf, startAt, startBehind } from './event-position.js';
import { EventStream, READ_AHEAD } from './event-stream.js';
import { fromEvent, isFact } from './fact-event.js';
import { BackOff } from './retry.js';
import { type EventStoreDbSettings } from './settings.js';

/** Events looked at without finding a fact before a page without one is given, so that a reader can go on from there. */
const MOST_FRUITLESS = 10_000;
const FIRST_BACKWARD_COUNT = 8;
const MOST_BACKWARD_COUNT = 4_096;

export interface PageRange {
  readonly after: LogPosition;
  readonly upTo: LogPosition;
  readonly size: number;
  readonly signal?: AbortSignal;
}

/** Reads `$all`, where the facts stand among events of the node itself and of others. */
export class AllReader {
  /** The last fact seen so far: what was looked for before it need not be looked for again. */
  private knownHead: LogPosition = LOG_START;

  constructor(
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
  ) {}

  /** Of the last fact; LOG_START where there is none. One try: fails with the errors of the client. */
  async head(): Promise<LogPosition> {
    let count = FIRST_BACKWARD_COUNT;
    let before: LogPosition | undefined;
    for (;;) {
      const seen = await this.backwards(before, count);
      const found = seen.find(({ isFact: itIs, position }) => itIs || position <= this.knownHead);
      if (found) {
        this.knownHead = Math.max(this.knownHead, found.position);
        return this.knownHead;
      }
      const last = seen.at(-1);
      if (!last) {
        if (this.knownHead > LOG_START) throw new CutShortError('the node gives no events');
        return LOG_START;
      }
      before = last.position;
      count = Math.min(count * 4, MOST_BACKWARD_COUNT);
    }
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
    // Only what the node said to be there proves that a read which ends has not broken off.
    const end = (await this.backwards(undefined, 1))[0]?.position ?? LOG_START;
    if (end < this.knownHead) throw new CutShortError('the node does not give the end of the log');
    const { after, upTo, size, signal } = range;
    const connection = this.connections.use();
    const source: StreamingRead<ResolvedEvent> = connection.client.readAll(
      { direction: FORWARDS, fromPosition: start(after) },
      { highWaterMark: READ_AHEAD },
    );
    const stream = EventStream.open(connection, source, { limitMs: this.settings.callLimitMs, signal });
    try {
      let facts: StoredFact[] = [];
      let position = after;
      let fruitless = 0;
      for await (const { event } of source) {
        stream.alive();
        if (!event?.position) continue;
        const place = positionOf(event.position);
        if (place <= after) continue;
        if (place > upTo) {
          yield { facts, position: upTo, caughtUp: false };
          return;
        }
        position = place;
        fruitless += 1;
        if (isFact(event)) facts.push(fromEvent(event));
        if (facts.length < size && fruitless < MOST_FRUITLESS) continue;
        stream.pause();
        yield { facts, position, caughtUp: false };
        stream.resume();
        facts = [];
        fruitless = 0;
      }
      if (signal?.aborted) return;
      if (position < end) throw new CutShortError(`the log was read to ${position}, and it goes to ${end}`);
      yield { facts, position, caughtUp: true };
    } catch (error) {
      if (isPassing(error)) this.connections.replace(connection);
      throw error;
    } finally {
      stream.close();
    }
  }

  /** The last events before a position, or of all, the last one first. */
  private backwards(
    before: LogPosition | undefined,
    maxCount: number,
  ): Promise<{ position: LogPosition; isFact: boolean }[]> {
    const fromPosition = before === undefined ? END : startAt(before);
    return EventStream.read(
      this.connections,
      ({ client }) => client.readAll({ direction: BACKWARDS, fromPosition, maxCount }),
      async (stream) => {
        const seen = [];
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
