import { type Command } from 'commander';
import { EXIT_CODES_HELP } from '../exit-code.js';

/** Ends the help of a command with examples and the exit codes. */
export function addExamples(command: Command, ...examples: readonly string[]): Command {
  const shown = examples.map((example) => `  ${example}\n`).join('');
  return command.addHelpText(
    'after',
    `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${shown}${EXIT_CODES_HELP}`,
  );
}
