/** A fact that a projection cannot take in: the projection stops before it. */
export class FoldError extends Error {
  readonly code = 'cannot-fold';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FoldError';
  }
}
