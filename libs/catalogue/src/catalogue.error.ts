/** A catalogue file that cannot be used; the message names the file, the place in it and what is wrong there. */
export class CatalogueError extends Error {
  readonly code = 'invalid-catalogue';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CatalogueError';
  }
}
