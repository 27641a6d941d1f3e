export type FigureErrorCode =
  /** The answer would have more rows than an answer may have. */
  | 'too-many-rows'
  /** The figure has no meaning for a grouping or filter; the message names it. */
  | 'not-defined'
  /** The read model did not reach the asked position in time. */
  | 'not-caught-up'
  /** No read model serves yet, its store is away, or the service is closed. */
  | 'unavailable';

/** What the figures report when they cannot answer. */
export class FigureError extends Error {
  override readonly name = 'FigureError';

  constructor(
    readonly code: FigureErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
