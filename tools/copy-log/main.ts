import { Command } from 'commander';
import { openEventLog } from '#event-log/open';
import { copyLog } from './copy-log.js';

/** An embedded log carries out appends in the order of the calls; with EventStoreDB only waiting makes that certain. */
const EMBEDDED_WINDOW = 200;
const PATIENCE_MS = 120_000;
const TELL_EVERY_MS = 2_000;

interface Arguments {
  readonly from: string;
  readonly to: string;
}

function readArguments(): Arguments {
  const command = new Command('npm run copy-log --')
    .description(
      'Copies every fact of an event log into another, in the order of the log, with its recorded and accepted time.\n' +
        'A copy that was broken off goes on where it was; in the end both logs are read and compared.',
    )
    .requiredOption(
      '--from <url>',
      'the log to copy: sqlite:PATH, esdb://HOST:PORT or esdb+discover://HOST:PORT',
    )
    .requiredOption('--to <url>', 'the log to copy into: empty, or the beginning of a copy of the same log')
    .addHelpText(
      'after',
      '\nNobody may write to either log meanwhile. Example:\n' +
        '  npm run copy-log -- --from sqlite:./data/events.db --to "esdb://localhost:2113?tls=false"',
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  return command.parse().opts<Arguments>();
}

async function main({ from, to }: Arguments): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error('broken off; the same command goes on where it was')));
  }
  const source = await openEventLog(from, { mode: 'read' });
  const target = await openEventLog(to, { mode: 'write' });
  let told = Date.now();
  try {
    const { before, copied, digest, end } = await copyLog(source, target, {
      window: to.toLowerCase().startsWith('sqlite:') ? EMBEDDED_WINDOW : 1,
      patienceMs: PATIENCE_MS,
      signal: stop.signal,
      progress: (facts, share) => {
        if (Date.now() - told < TELL_EVERY_MS) return;
        told = Date.now();
        process.stdout.write(`${facts} facts, ${Math.floor(100 * share)} % of the way\n`);
      },
    });
    if (before > 0) process.stdout.write(`${before} facts were there already\n`);
    process.stdout.write(
      `${copied} facts copied; both logs hold ${before + copied} facts with the SHA-256 ${digest}\n`,
    );
    if ((await source.head()) > end) process.stdout.write('the source has grown since: run it again\n');
  } finally {
    await target.close();
    await source.close();
  }
}

try {
  await main(readArguments());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
