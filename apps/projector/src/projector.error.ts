/** The projecting thread cannot be asked now; it is started again by itself. */
export class ProjectorError extends Error {
  override readonly name = 'ProjectorError';
  readonly code = 'unavailable';
}
