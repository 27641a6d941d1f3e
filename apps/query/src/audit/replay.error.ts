export type ReplayErrorCode =
  /** The log holds a fact that this version cannot read; nothing is left out in silence. */
  | 'unreadable-fact'
  /** The thread that replays ended before it had an answer. */
  | 'interrupted';

/** What a replay reports when it has no answer to give. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';

  constructor(
    readonly code: ReplayErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
