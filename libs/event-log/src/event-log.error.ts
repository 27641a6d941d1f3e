export type EventLogErrorCode =
  /** The log cannot be reached, or is closed: nothing was stored by this call. */
  | 'unavailable'
  /** More work is waiting than the log takes on: nothing was stored, try again later. */
  | 'overloaded'
  /** Whether the facts were stored is not known: repeat the identical append. */
  | 'outcome-unknown'
  /** Another process is writing to the same embedded log. */
  | 'locked'
  /** What was read back is not what was written, or not of a form this version knows. */
  | 'corrupt'
  /** A call that can never succeed (a wrong URL, an append without facts). */
  | 'invalid';

/** What an event log reports when it cannot do its work. */
export class EventLogError extends Error {
  override readonly name = 'EventLogError';

  constructor(
    readonly code: EventLogErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is wrong with a log that ends before a position that was read from it. */
export function endsBefore(end: number, position: number): string {
  return `the log ends at ${end}, before ${position}, which was read from it: it is another one, or has lost its end`;
}
