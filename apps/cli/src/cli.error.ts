import { type ExitName } from './exit-code.js';

/** What a command ends with when it cannot do its work. The message is shown; the name decides the exit code. */
export class CliError extends Error {
  override readonly name = 'CliError';

  /** @param details further lines, one a place */
  constructor(
    readonly exit: Exclude<ExitName, 'ok'>,
    message: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}
