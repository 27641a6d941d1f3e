import { type EventError } from '#events';

/** What became of an event. */
export type Outcome =
  | { readonly kind: 'accepted' | 'duplicate'; readonly position: number; readonly recorded: number }
  /** Only checked. */
  | { readonly kind: 'acceptable' | 'known' }
  /** Left alone, because another event of the request was refused. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'conflict' | 'wrong'; readonly errors: readonly EventError[] };

/** The log could not do its work before all was done. */
export class IntakeInterrupted extends Error {
  override readonly name = 'IntakeInterrupted';

  /** @param outcomes of every event, `untouched` of those of which it is not known that they are stored */
  constructor(
    readonly outcomes: readonly Outcome[],
    override readonly cause: unknown,
  ) {
    super('the log could not take in all events', { cause });
  }
}
