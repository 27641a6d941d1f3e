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

/**
 * Carries out one append at a time for a stream. The events keep their ids and their expected revision however often
 * they are sent, so that the node stores them once.
 */
export class Appender {
  constructor(
    private readonly connections: Connections,
    private readonly settings: EventStoreDbSettings,
  ) {}

  /** @throws EventLogError `outcome-unknown`; when nothing was stored `unavailable`, `corrupt` or `invalid` */
  async append(call: AppendCall): Promise<AppendOutcome> {
    const { stream } = call;
    let mayBeStored = false;
    const attempt = async (): Promise<AppendOutcome> => {
      const reply = await this.send(call);
      // The node has decided: whatever fails from here on says nothing about what it has stored.
      mayBeStored = true;
      if (reply instanceof WrongExpectedVersionError) return this.resolveConflict(call, reply);
      return { kind: 'appended', positions: await this.placesOf(call, reply) };
    };
    try {
      return await withPatience(this.settings.patienceMs, attempt, (error) => {
        if (!isPassing(error)) throw error;
        mayBeStored ||= !isUndone(error);
      });
    } catch (error) {
      if (!mayBeStored) throw asEventLogError(error, `cannot append to ${stream}`);
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

  /** Where the events stand that a node has stored, now or before. */
  private async placesOf(call: AppendCall, { revision, commit }: AppendReply): Promise<LogPosition[]> {
    const count = call.events.length;
    // Of several events the reply names one place only.
    if (count === 1 && commit !== undefined) return [positionOf({ commit, prepare: commit })];
    const stored = await this.read(call.stream, { from: revision - count + 1, count });
    if (stored.length < count) throw new CutShortError('not everything that was stored can be read yet');
    return stored.map(placeOf);
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
}

function isStored(events: readonly FactEvent[], stored: readonly RecordedEvent[]): boolean {
  return events.length === stored.length && events.every((event, at) => isSameEvent(stored[at]!, event));
}

function placeOf({ position, streamId, revision }: RecordedEvent): LogPosition {
  if (position) return positionOf(position);
  throw new EventLogError('corrupt', `revision ${revision} of ${streamId} has no position`);
}
