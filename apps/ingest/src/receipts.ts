import { isoInstant } from '#calendar';
import { formatPosition } from '#event-log';
import { type ProblemPlace } from '#http';
import { type Outcome } from './intake/outcome.js';

/** Errors that an answer lists, at most; all wrong events are counted. */
export const MAX_LISTED_ERRORS = 1_000;

/** What a sender is told of one fact. */
export interface Receipt {
  readonly id: string;
  readonly status: 'accepted' | 'duplicate';
  /** Null when it was only checked. */
  readonly position: string | null;
  readonly recordedAt: string | null;
}

/** What a sender is told of all. */
export interface Receipts {
  readonly accepted: number;
  readonly duplicates: number;
  /** Token of the log position that a read has to reflect to show all of these facts. */
  readonly position: string;
  readonly results?: readonly Receipt[];
  /** With `onError=skip`: events left out, and why. */
  readonly rejected?: number;
  readonly errors?: readonly ProblemPlace[];
}

/** The receipt of an event; undefined when it was refused or left alone. */
export function receiptOf(id: string, outcome: Outcome): Receipt | undefined {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
      return {
        id,
        status: outcome.kind,
        position: formatPosition(outcome.position),
        recordedAt: isoInstant(outcome.recorded),
      };
    case 'acceptable':
      return { id, status: 'accepted', position: null, recordedAt: null };
    case 'known':
      return { id, status: 'duplicate', position: null, recordedAt: null };
    default:
      return undefined;
  }
}

/** Adds up what became of the events of one request. */
export class Tally {
  accepted = 0;
  duplicates = 0;
  rejected = 0;
  /** How many facts of the request are in the log. */
  stored = 0;
  position = 0;
  readonly errors: ProblemPlace[] = [];

  add(outcome: Outcome): void {
    if (outcome.kind === 'accepted' || outcome.kind === 'acceptable') this.accepted += 1;
    else if (outcome.kind === 'duplicate' || outcome.kind === 'known') this.duplicates += 1;
    if (outcome.kind !== 'accepted' && outcome.kind !== 'duplicate') return;
    this.stored += 1;
    this.position = Math.max(this.position, outcome.position);
  }

  reject(places: readonly ProblemPlace[]): void {
    this.rejected += 1;
    const room = MAX_LISTED_ERRORS - this.errors.length;
    if (room > 0) this.errors.push(...places.slice(0, room));
  }
}
