import { HttpException } from '@nestjs/common';
import { EventLogError, type EventLogErrorCode } from '#event-log';
import { FigureError, type FigureErrorCode } from '#figures/figure.error';
import { MeasureError } from '#measures';
import { ReadModelError, type ReadModelErrorCode } from '#read-models';
import { type ProblemCode, ProblemError, problemCodeOf } from './problem.js';

const OF_LOG: Record<EventLogErrorCode, ProblemCode> = {
  unavailable: 'unavailable',
  overloaded: 'overloaded',
  'outcome-unknown': 'unavailable',
  locked: 'unavailable',
  corrupt: 'internal',
  invalid: 'internal',
};

const OF_READ_MODEL: Record<ReadModelErrorCode, ProblemCode> = {
  unavailable: 'unavailable',
  corrupt: 'internal',
  invalid: 'internal',
};

const OF_FIGURE: Record<FigureErrorCode, ProblemCode> = {
  'too-many-rows': 'invalid-parameter',
  'not-defined': 'invalid-parameter',
  'not-caught-up': 'not-caught-up',
  unavailable: 'unavailable',
};

/** What callers read instead of the message of an error that is none of their business. */
const HIDDEN = {
  unavailable: 'The event log or the read models cannot be reached at the moment; try again later.',
  overloaded: 'More is waiting to be stored than the system takes on; try again later.',
  internal: 'Something went wrong inside the server; its log says what, under the id of this request.',
};

function hidden(code: 'unavailable' | 'overloaded' | 'internal', cause: unknown): ProblemError {
  return new ProblemError(code, HIDDEN[code], { cause });
}

/** The problem that any error is answered with. What the caller cannot know about is kept as the cause, for the log. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof FigureError) {
    return new ProblemError(OF_FIGURE[error.code], error.message, { cause: error });
  }
  if (error instanceof MeasureError) {
    return new ProblemError('invalid-parameter', error.message, { cause: error });
  }
  const code = storageProblem(error);
  if (code === 'unavailable' || code === 'overloaded') return hidden(code, error);
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    return new ProblemError(problemCodeOf(status), (error as Error).message, { cause: error });
  }
  return hidden(status === 503 ? 'unavailable' : 'internal', error);
}

function storageProblem(error: unknown): ProblemCode | undefined {
  if (error instanceof EventLogError) return OF_LOG[error.code];
  if (error instanceof ReadModelError) return OF_READ_MODEL[error.code];
  // Parts of apps that are away say so by their code alone.
  return error instanceof Error && 'code' in error && error.code === 'unavailable'
    ? 'unavailable'
    : undefined;
}

/** The status that the frameworks give to what they refuse themselves. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
