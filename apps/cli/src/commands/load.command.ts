import { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { CliError } from '../cli.error.js';
import { CheckpointFile } from '../load/checkpoint.js';
import { csvSource } from '../load/csv/csv-source.js';
import { type Json } from '../load/csv/json.js';
import { type Mapping } from '../load/csv/mapping.js';
import { MappingError, readMapping } from '../load/csv/read-mapping.js';
import { FactSender } from '../load/fact-sender.js';
import { LoadRun, type LoadResult } from '../load/load-run.js';
import { ndjsonSource } from '../load/ndjson-source.js';
import { addExamples } from '../options/examples.js';
import { parseCount } from '../options/parse-count.js';
import { printJson, tell } from '../output/output.js';
import { startProgress } from '../output/progress.js';
import { inSession, type Session } from '../session.js';
import { nameOf } from '../target/choose-target.js';
import { listed } from '../target/problem.js';

interface LoadOptions {
  readonly mapping?: string;
  readonly skip?: boolean;
  readonly dryRun?: boolean;
  readonly progressFile?: string;
  readonly patience: number;
}

const STDIN = '-';
const PATIENCE_SECONDS = 60;

/** `mip load`: facts of a file into the log. */
export function loadCommand(): Command {
  const command = new Command('load')
    .description(
      'load facts: NDJSON, one event a line, or CSV with a mapping file.\n' +
        'An interrupted load goes on where it stopped when the same command is given again; nothing is doubled.',
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('-m, --mapping <file>', 'how the rows of a CSV file become facts (docs/command-line.md)')
    .option('--skip', 'leave wrong facts out and tell them, instead of stopping at the first')
    .option('--dry-run', 'check, and store nothing')
    .option('--progress-file <file>', 'where to remember how far it is; else FILE.mip-load.json')
    .option(
      '--patience <seconds>',
      'how long to wait for a server that is away',
      parseCount,
      PATIENCE_SECONDS,
    );
  addExamples(
    command,
    'mip load facts.ndjson',
    'mip load registrations.csv --mapping registrations.mapping.json',
    'mip export --url http://127.0.0.1:3000 | mip load - --data ./copy',
    'mip load facts.ndjson --dry-run --skip',
  );
  return command.action(async (file: string, options: LoadOptions) => {
    const mapping = await mappingOf(file, options);
    const size = file === STDIN ? undefined : await sizeOf(file);
    await inSession(command, (session) => load(session, { file, size, mapping, options }), {
      mayCreate: !options.dryRun,
      caughtUp: false,
    });
  });
}

interface Task {
  readonly file: string;
  readonly size: number | undefined;
  readonly mapping: Mapping | undefined;
  readonly options: LoadOptions;
}

async function load(
  { client, target, out, json }: Session,
  { file, size, mapping, options }: Task,
): Promise<void> {
  const { skip = false, dryRun = false } = options;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = startProgress(dryRun ? 'Checking' : 'Loading', size);
  const keepsCheckpoint = file !== STDIN && !dryRun;
  try {
    const result = await new LoadRun({
      open: () => {
        const input = file === STDIN ? process.stdin : createReadStream(file);
        return mapping ? csvSource(input, mapping) : ndjsonSource(input);
      },
      sender: new FactSender(client, {
        validateOnly: dryRun,
        skip,
        patienceMs: 1_000 * options.patience,
        signal: stop.signal,
        waiting: (message) => progress.note(message),
      }),
      checkpoint: keepsCheckpoint
        ? new CheckpointFile(options.progressFile ?? `${file}.mip-load.json`)
        : undefined,
      target: nameOf(target),
      skip,
      progress,
    }).run();
    progress.end();
    await (json ? printJson(out, result) : out.write(resultText(result, dryRun)));
    if (result.rejected > 0) throw leftOut(result, json);
  } catch (error) {
    progress.end();
    if (keepsCheckpoint && error instanceof CliError && error.exit !== 'usage') {
      tell('The same command goes on where it stopped.');
    }
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function resultText(
  { accepted, duplicates, rejected, resumedAfter, position }: LoadResult,
  dryRun: boolean,
): string {
  const parts = [
    `${accepted} facts ${dryRun ? 'would be stored' : 'stored'}`,
    `${duplicates} known already`,
    `${rejected} left out`,
    ...(resumedAfter > 0 ? [`${resumedAfter} done with in the run before`] : []),
  ];
  return `${parts.join(', ')}${position === null ? '' : `; position ${position}`}\n`;
}

function leftOut({ rejected, errors }: LoadResult, json: boolean): CliError {
  return new CliError('failed', `${rejected} facts are wrong and were left out`, json ? [] : listed(errors));
}

async function mappingOf(file: string, { mapping }: LoadOptions): Promise<Mapping | undefined> {
  if (mapping === undefined) {
    if (!/\.csv$/i.test(file)) return undefined;
    throw new CliError('usage', 'a CSV file needs --mapping FILE: how its rows become facts');
  }
  try {
    return readMapping(JSON.parse(await readFile(mapping, 'utf8')) as Json);
  } catch (error) {
    if (error instanceof MappingError)
      throw new CliError('usage', `${mapping}: ${error.message}`, error.faults);
    throw new CliError('usage', `${mapping} cannot be read: ${(error as Error).message}`);
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: Error) => {
    throw new CliError('usage', `${file} cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) throw new CliError('usage', `${file} is a folder`);
  return found.size;
}
