import { type RecordedEvent, WrongExpectedVersionError } from '@eventstore/db-client';
import { EventLogError } from '../event-log.error.js';
import { type AppendOutcome, type LogPosition, NO_STREAM } from '../event-log.port.js';
import { type AppendCall, type AppendReply } from './append-pipe.js';
import { asEventLogError, CutShortError, isPassing, isUndone } from './client-failure.js';
import { type Connections } from './connection.js';
import { positionOf } from './event-position.js';
import { type FactEvent, isSameEvent } from './fact-event.js';
import { withPatience } from './retry.js';
import { type EventStoreDbSettings } from './settings.js';
import { readEvents, type StreamRange } from './stream-reader.js';

/** Streams remembered as ones in which something may still turn up. */
const MOST_DOUBTFUL = 10_000;

/**
 * Carries out one append at a time for a stream. The events keep their ids and their expected revision however often
 * they are sent, so that the node stores them once; what it answers is believed only as far as it can be.
 */
export class Appender {
  /** Streams with an append that was given up while it could still be carried out. */
  private readonly doubtful = new Set<string>();
  /** The furthest position of which a node has told so far. */
  private furthest = -1n;

  constructor(
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
  ) {}

  /** @throws EventLogError `outcome-unknown`, `unavailable` when nothing was stored, `corrupt`, `invalid` */
  async append(call: AppendCall): Promise<AppendOutcome> {
    const { stream } = call;
    let mayBeStored = false;
    let isDecided = false;
    const attempt = async (): Promise<AppendOutcome> => {
      const before = this.furthest;
      const reply = await this.send(call);
      isDecided = true;
      if (reply instanceof WrongExpectedVersionError) return this.resolveConflict(call, reply);
      const { commit = 0n } = reply;
      if (commit > this.furthest) this.furthest = commit;
      // What stands before something that was there already was not stored just now.
      return this.placesOf(call, reply, commit <= before || this.doubtful.has(stream));
    };
    try {
      const outcome = await withPatience(this.settings.patienceMs, attempt, (error) => {
        if (!isPassing(error)) throw error;
        mayBeStored ||= isDecided || !isUndone(error);
      });
      this.doubtful.delete(stream);
      return outcome;
    } catch (error) {
      if (!isPassing(error) || !mayBeStored) throw asEventLogError(error, `cannot append to ${stream}`);
      this.doubt(stream);
      const reason = asEventLogError(error, `whether an append to ${stream} was stored is not known`).message;
      throw new EventLogError('outcome-unknown', reason, { cause: error });
    }
  }

  private async send(call: AppendCall): Promise<AppendReply | WrongExpectedVersionError> {
    const connection = this.connections.use();
    try {
      return await connection.appends.append(call);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return error;
      if (isPassing(error)) this.connections.replace(connection);
      throw error;
    }
  }

  /**
   * Where the events stand. A node says of a repeated append that it is stored, also when another with the same ids is:
   * where that may be the case, what is stored is read and compared.
   */
  private async placesOf(
    call: AppendCall,
    { revision, commit }: AppendReply,
    compare: boolean,
  ): Promise<AppendOutcome> {
    const { events } = call;
    const first = revision - events.length + 1;
    const isLastKnown = commit !== undefined && !compare;
    const unknown = events.length - (isLastKnown ? 1 : 0);
    const stored = unknown === 0 ? [] : await this.read(call.stream, { from: first, count: unknown });
    if (stored.length < unknown) throw new CutShortError('not everything that was stored can be read yet');
    if (compare && !isStored(events, stored))
      return { kind: 'wrong-expected-revision', actualRevision: revision };
    const positions = stored.map(placeOf);
    if (isLastKnown) positions.push(positionOf({ commit, prepare: commit }));
    return { kind: 'appended', positions };
  }

  /** An append that finds the stream further on may be there already: then it has happened, and nothing is wrong. */
  private async resolveConflict(
    { stream, expectedRevision, events }: AppendCall,
    error: WrongExpectedVersionError,
  ): Promise<AppendOutcome> {
    const { actualVersion } = error;
    const actualRevision = typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM;
    if (actualRevision > expectedRevision) {
      const count = Math.min(events.length, actualRevision - expectedRevision);
      const stored = await this.read(stream, { from: expectedRevision + 1, count });
      if (stored.length < count && stored.length > 0)
        throw new CutShortError('the stream is still being read');
      if (isStored(events, stored)) return { kind: 'appended', positions: stored.map(placeOf) };
    }
    return { kind: 'wrong-expected-revision', actualRevision };
  }

  private read(stream: string, range: StreamRange): Promise<RecordedEvent[]> {
    return readEvents(this.connections, stream, range, this.settings.callLimitMs);
  }

  private doubt(stream: string): void {
    this.doubtful.add(stream);
    const [oldest] = this.doubtful;
    if (this.doubtful.size > MOST_DOUBTFUL && oldest !== undefined) this.doubtful.delete(oldest);
  }
}

function isStored(events: readonly FactEvent[], stored: readonly RecordedEvent[]): boolean {
  return events.length === stored.length && events.every((event, at) => isSameEvent(stored[at]!, event));
}

function placeOf({ position, streamId, revision }: RecordedEvent): LogPosition {
  if (position) return positionOf(position);
  throw new EventLogError('corrupt', `revision ${revision} of ${streamId} has no position`);
}
