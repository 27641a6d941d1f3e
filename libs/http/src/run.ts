import { CatalogueError } from '#catalogue';
import { EventLogError } from '#event-log';
import { ReadModelError } from '#read-models';
import { ConfigError } from './config.js';

/** How long a shutdown may take before what still hangs is cut off. */
const SHUTDOWN_LIMIT_MS = 20_000;

/** What each of these is about. */
const SETTINGS = [
  ['CATALOGUE_FILE must be the file of a programme catalogue, in JSON', CatalogueError],
  ['EVENT_LOG_URL', EventLogError],
  ['READ_MODEL_URL', ReadModelError],
] as const;

/** The one line that a process which cannot start ends with. */
function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [setting] = SETTINGS.find(([, kind]) => error instanceof kind) ?? [];
  if (setting) return `${setting}: ${error.message.replaceAll('\n', '; ')}`;
  if (error instanceof ConfigError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `PORT must be a port that nobody uses: ${error.message}`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST and PORT must be an address of this machine that may be used: ${error.message}`;
  }
  return error.stack ?? error.message;
}

export interface Program {
  /** Ends it in order: what was accepted is finished. */
  close(): Promise<void>;
}

/**
 * Runs a program until SIGTERM or SIGINT, then closes it and exits with 0. A program that cannot start ends with one
 * line on standard error and exit code 1.
 */
export async function run(start: () => Promise<Program>): Promise<void> {
  let program: Program;
  try {
    program = await start();
  } catch (error) {
    process.stderr.write(`${lineOf(error)}\n`);
    process.exit(1);
  }
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    program.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${lineOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
