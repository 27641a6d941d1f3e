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

/** Answers of a node that say what will be so next time too: nothing was stored, nothing can be read. */
const FINAL_TYPES: ReadonlySet<unknown> = new Set([
  ErrorType.WRONG_EXPECTED_VERSION,
  ErrorType.STREAM_DELETED,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.ACCESS_DENIED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.UNSUPPORTED,
]);
/** The same by gRPC's numbers: invalid argument, permission denied, unimplemented, unauthenticated. */
const FINAL_CODES: ReadonlySet<unknown> = new Set([3, 7, 12, 16]);
const CLIENT_TYPES: ReadonlySet<unknown> = new Set(Object.values(ErrorType));
/** What Node reports of a stream that was given up while it was read. */
const CUT_SHORT = 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * What a node answers that has not taken the call on. An append gets only the text: "Server Is Not Ready", "Server Is
 * Busy" and "No leader info available in response" (`Streams.BatchAppend.cs` of the node's tag oss-v24.6.0, the answers
 * to `NotHandled`). A read gets a code as well, and "Server Is Too Busy" (`RpcExceptions.cs`).
 */
const NOT_TAKEN_ON = /Server Is (Not Ready|Busy|Too Busy)|No leader info available/i;
/**
 * What is reported of a call that has not left this process: by grpc-js 1.14 (`picker.js`, `load-balancer-pick-first.js`
 * and `resolver-dns.js`), by the client's discovery (`Client/discovery.js`), and by Node.js of a port where nobody
 * listens. `client-failure.spec.ts` looks them up in the packages that are installed.
 */
const NOT_SENT = /No connection established|Failed to discover after|Name resolution failed|ECONNREFUSED/i;
/**
 * What a node reports of a position at which nothing begins, in `RpcExceptions.cs` of oss-v24.6.0: "Trying to read from an
 * invalid position.", or "Unexpected ReadAllResult: InvalidPosition".
 */
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

/**
 * Whether the same call may succeed later, or through another connection: so it is with all that a node or the way to it
 * can fail with, but for the answers that are final.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof TimeLimitError || error instanceof CutShortError) return true;
  if (error instanceof EventLogError || isInvalidPosition(error)) return false;
  const [type, code] = [member(error, 'type'), member(error, 'code')];
  if (FINAL_TYPES.has(type) || FINAL_CODES.has(code)) return false;
  return CLIENT_TYPES.has(type) || typeof code === 'number' || code === CUT_SHORT || isUndone(error);
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
