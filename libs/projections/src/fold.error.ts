/** A fact that a projection cannot take in: the projection stops before it. Its message holds no value of a fact. */
export class FoldError extends Error {
  readonly code = 'cannot-fold';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FoldError';
  }
}

/**
 * What to tell everybody about a fact that cannot be taken in. A FoldError tells no value of a fact; any other error may
 * quote one, and only its kind is told.
 */
export function reasonOf(error: unknown, { position }: { readonly position: number }): string {
  if (error instanceof FoldError) return error.message;
  const kind = error instanceof Error ? error.name : typeof error;
  return `the fact at position ${position} cannot be taken in: ${kind}`;
}
