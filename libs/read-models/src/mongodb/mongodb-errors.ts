import { BSON, MongoError, MongoInvalidArgumentError, MongoServerError } from 'mongodb';
import { ReadModelError, type ReadModelErrorCode } from '../read-model.error.js';

export const DUPLICATE_KEY = 11_000;
const AUTHENTICATION_FAILED = 18;
/** The server's codes for a document that is too large, or nested too deeply, to be stored at all. */
const NEVER_STORABLE: readonly unknown[] = [10_334, 17_280, 17_419, 17_420];

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** Whether the server knows neither the name nor the password of the connection string. */
export function isRefusal(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED;
}

/** The driver gives what the resolver says on as it is, while it looks up the nodes of a `mongodb+srv://` URL. */
const LOOK_UPS: readonly unknown[] = ['querySrv', 'queryTxt'];

function isLookUp(error: unknown): error is Error {
  return error instanceof Error && LOOK_UPS.includes((error as NodeJS.ErrnoException).syscall);
}

function readModelCode(error: unknown): ReadModelErrorCode {
  if (error instanceof MongoServerError && NEVER_STORABLE.includes(error.code)) return 'invalid';
  return error instanceof MongoInvalidArgumentError || error instanceof BSON.BSONError
    ? 'invalid'
    : 'unavailable';
}

/** What the store reports for a failure of the server or its driver; anything else is given back as it came. */
export function asReadModelError(error: unknown, doing: string): unknown {
  if (!(error instanceof MongoError) && !(error instanceof BSON.BSONError) && !isLookUp(error)) return error;
  return new ReadModelError(readModelCode(error), `${doing}: ${error.message}`, { cause: error });
}
