import { ErrorType } from '@eventstore/db-client';
import { EventLogError } from '../event-log.error.js';

/** A call that heard nothing for too long. Whether it was carried out is not known. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** A stream of answers ended as if nothing was to follow, though something was. */
export class CutShortError extends Error {
  override readonly name = 'CutShortError';
}

/** gRPC's numbers: cancelled, deadline exceeded, resource exhausted, aborted, unavailable. */
const PASSING_CODES: ReadonlySet<unknown> = new Set([1, 4, 8, 10, 14]);
const PASSING_TYPES: ReadonlySet<unknown> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
  ErrorType.NOT_LEADER,
]);
/** What a node answers that has not taken the call on; a batch append gets only the text. */
const NOT_TAKEN_ON = /Server Is (Not Ready|Busy|Too Busy)|No leader info/i;
/** What the client reports when the call has not left this process. */
const NOT_SENT = /No connection established|Failed to discover|Name resolution failed|ECONNREFUSED/i;
const INVALID_POSITION = /invalid ?position/i;

function member(error: unknown, key: 'code' | 'type' | 'message'): unknown {
  return typeof error === 'object' && error !== null && key in error
    ? (error as Record<typeof key, unknown>)[key]
    : undefined;
}

function messageOf(error: unknown): string {
  const message = member(error, 'message');
  return typeof message === 'string' && message !== '' ? message : String(member(error, 'type') ?? error);
}

/** Whether the same call may succeed later, or through another connection. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TimeLimitError || error instanceof CutShortError) return true;
  if (PASSING_TYPES.has(member(error, 'type')) || PASSING_CODES.has(member(error, 'code'))) return true;
  const message = messageOf(error);
  return NOT_TAKEN_ON.test(message) || NOT_SENT.test(message);
}

/** Whether an append that failed like this has certainly stored nothing. */
export function isUndone(error: unknown): boolean {
  const message = messageOf(error);
  return NOT_TAKEN_ON.test(message) || NOT_SENT.test(message);
}

/** Whether a read failed because nothing begins at its position. */
export function isInvalidPosition(error: unknown): boolean {
  return INVALID_POSITION.test(messageOf(error));
}

export function isStreamNotFound(error: unknown): boolean {
  return member(error, 'type') === ErrorType.STREAM_NOT_FOUND;
}

/** What the log reports for a failure of the client or the node. */
export function asEventLogError(error: unknown, doing: string): EventLogError {
  if (error instanceof EventLogError) return error;
  const message = `${doing}: ${messageOf(error)}`;
  switch (member(error, 'type')) {
    case ErrorType.STREAM_DELETED:
      return new EventLogError('corrupt', `${doing}: the stream was deleted for ever`, { cause: error });
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return new EventLogError('invalid', `${doing}: more than the node takes in one call`, { cause: error });
    case ErrorType.ACCESS_DENIED:
      return new EventLogError('unavailable', `${doing}: the node refuses access`, { cause: error });
    default:
      return new EventLogError(isInvalidPosition(error) ? 'invalid' : 'unavailable', message, {
        cause: error,
      });
  }
}
