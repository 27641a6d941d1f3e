export type ReadModelErrorCode = 'unavailable' | 'corrupt' | 'invalid';

/** What a read-model store reports when it cannot do its work. */
export class ReadModelError extends Error {
  override readonly name = 'ReadModelError';

  constructor(
    readonly code: ReadModelErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
