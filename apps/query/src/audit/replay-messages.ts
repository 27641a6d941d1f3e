import { EventLogError, type EventLogErrorCode, type LogPosition } from '#event-log';
import { type FunnelKind, MeasureError, type MeasureErrorCode, type Selection } from '#measures';
import { type ReplayAnswer } from './replay.js';
import { ReplayError, type ReplayErrorCode } from './replay.error.js';

/** What the thread that replays is started with. */
export interface ReplayTask {
  readonly logUrl: string;
  /** The catalogue as its JSON text. */
  readonly catalogue: string;
  readonly selection: Selection;
  readonly kind: FunnelKind;
  readonly upTo: LogPosition;
  readonly folder: string;
}

/** What it has to say in the end. Classes don't pass between threads, so an error goes by its name and code. */
export type ReplayOutcome =
  | { readonly kind: 'answer'; readonly answer: ReplayAnswer }
  | { readonly kind: 'replay-error'; readonly code: ReplayErrorCode; readonly message: string }
  | { readonly kind: 'measure-error'; readonly code: MeasureErrorCode; readonly message: string }
  | { readonly kind: 'event-log-error'; readonly code: EventLogErrorCode; readonly message: string };

/** The outcome that tells of an error; one that is no refusal but a fault is thrown again. */
export function failure(error: unknown): ReplayOutcome {
  if (error instanceof ReplayError) return { kind: 'replay-error', code: error.code, message: error.message };
  if (error instanceof MeasureError)
    return { kind: 'measure-error', code: error.code, message: error.message };
  if (error instanceof EventLogError)
    return { kind: 'event-log-error', code: error.code, message: error.message };
  throw error;
}

/** The answer of an outcome, or its error thrown. */
export function answerOf(outcome: ReplayOutcome): ReplayAnswer {
  switch (outcome.kind) {
    case 'answer':
      return outcome.answer;
    case 'replay-error':
      throw new ReplayError(outcome.code, outcome.message);
    case 'measure-error':
      throw new MeasureError(outcome.code, outcome.message);
    case 'event-log-error':
      throw new EventLogError(outcome.code, outcome.message);
  }
}
