import { Command } from 'commander';
import { addExamples } from '../options/examples.js';
import { addKnownAt, queryOf } from '../options/question-options.js';
import { intoFile } from '../output/into-file.js';
import { type Output, tell } from '../output/output.js';
import { inSession } from '../session.js';
import { readLog } from '../target/log-stream.js';

interface ExportOptions {
  readonly output?: string;
  readonly knownAt?: string;
}

/** `mip export`: all facts of the log. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('all facts as NDJSON, in the order of the log; `mip load` takes them again')
    .option(
      '-o, --output <file>',
      'write to a file, which is there only when it is whole; else standard output',
    );
  addKnownAt(command);
  addExamples(
    command,
    'mip export -o facts.ndjson',
    'mip export --known-at 2020-12-31 | head',
    'mip export --data ./data/demo | gzip > facts.ndjson.gz',
  );
  return command.action((options: ExportOptions) =>
    inSession(
      command,
      async ({ client, out }) => {
        const query = queryOf({ ...options }, ['knownAt']);
        const copy = async (to: Pick<Output, 'write'>) => {
          const { lines, position } = await readLog(client, query, (line) => to.write(line));
          tell(`${lines} facts, the log up to position ${position}`);
        };
        await (options.output === undefined ? copy(out) : intoFile(options.output, copy));
      },
      { caughtUp: false },
    ),
  );
}
