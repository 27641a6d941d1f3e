import { CommanderError } from 'commander';
import { CliError } from './cli.error.js';
import { EXIT } from './exit-code.js';
import { OutputClosed, tell } from './output/output.js';
import { createProgram } from './program.js';

/** Runs the command line; gives its exit code. */
async function main(): Promise<number> {
  try {
    await createProgram().parseAsync();
    return EXIT.ok;
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.ok;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof CliError)) throw error;
    tell(`mip: ${error.message}`);
    for (const line of error.details) tell(`  ${line}`);
    return EXIT[error.exit];
  }
}

// What is written to a pipe that nobody reads any more is told by the write itself.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await main();
