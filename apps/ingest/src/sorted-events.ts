import {
  type CheckContext,
  type CheckedEvent,
  checkEvent,
  type EventError,
  type IncomingEvent,
} from '#events';
import { ProblemError, type ProblemPlace, summaryOf } from '#http';
import { type Input } from './body/read-events.js';

/** Errors that are told of one request, at most; beyond them only the first of each wrong event. */
const MOST_TOLD = 10_000;

export interface WrongEvent {
  readonly index: number;
  readonly errors: readonly EventError[];
}

/** The events of a request that is checked as a whole, by what checking them came to. */
export class SortedEvents {
  readonly valid: { readonly index: number; readonly event: IncomingEvent }[] = [];
  readonly wrong: WrongEvent[] = [];
  private readonly forbidden: WrongEvent[] = [];
  private told = 0;

  constructor(private readonly context: CheckContext) {}

  add(index: number, input: Input): void {
    const checked = checkInput(input, this.context);
    if (checked.ok) this.valid.push({ index, event: checked.event });
    else if (checked.forbidden) this.forbidden.push({ index, errors: forbiddenOf(checked.errors) });
    else {
      const errors = checked.errors.slice(0, Math.max(1, MOST_TOLD - this.told));
      this.told += errors.length;
      this.wrong.push({ index, errors });
    }
  }

  /** @throws ProblemError `forbidden` when an event needs a right that the caller does not have */
  requireAllowed(isBatch: boolean): void {
    if (this.forbidden.length === 0) return;
    const errors = this.forbidden.flatMap((event) => placesOf(event, isBatch));
    throw new ProblemError('forbidden', summaryOf(errors), { errors });
  }
}

/** Where an event is wrong, in a batch by its index. */
export function placesOf({ index, errors }: WrongEvent, isBatch: boolean): ProblemPlace[] {
  return errors.map((error) => (isBatch ? { index, ...error } : error));
}

/** Of an event that needs the right to import: why. What else is wrong with it is nobody's business yet. */
export function forbiddenOf(errors: readonly EventError[]): readonly EventError[] {
  return errors.filter(({ pointer }) => pointer === '/recordedtime').slice(-1);
}

/** What is wrong with how an event was sent is told with what is wrong with it, and of its place instead of that. */
function checkInput({ value, errors }: Input, context: CheckContext): CheckedEvent {
  if (errors.length === 0) return checkEvent(value, context);
  if (value === undefined) return { ok: false, errors };
  const checked = checkEvent(value, context);
  if (checked.ok) return { ok: false, errors };
  if (checked.forbidden) return checked;
  const told = new Set(errors.map(({ pointer }) => pointer));
  return { ok: false, errors: [...errors, ...checked.errors.filter(({ pointer }) => !told.has(pointer))] };
}
