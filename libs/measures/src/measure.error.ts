export type MeasureErrorCode =
  /** The answer would have more rows than an answer may have. */
  | 'too-many-rows'
  /** A grouping or filter that the figure has no meaning for; the message names it. */
  | 'not-defined';

/** What the measures report when they cannot answer. */
export class MeasureError extends Error {
  override readonly name = 'MeasureError';

  constructor(
    readonly code: MeasureErrorCode,
    message: string,
  ) {
    super(message);
  }
}
