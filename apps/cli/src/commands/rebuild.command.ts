import { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { CliError } from '../cli.error.js';
import { addExamples } from '../options/examples.js';
import { printJson, tell } from '../output/output.js';
import { inSession } from '../session.js';
import { type Client } from '../target/client.js';
import { type SystemState } from './status.command.js';

const POLL_MS = 200;

/** `mip rebuild`: all read models again from the log. */
export function rebuildCommand(): Command {
  const command = new Command('rebuild')
    .description(
      'build all read models again from the log, beside those that serve, and wait until they have taken over',
    )
    .option('--no-wait', 'only begin (on a server)');
  addExamples(command, 'mip rebuild', 'mip rebuild --data ./data/demo');
  return command.action(({ wait }: { wait: boolean }) =>
    inSession(command, async ({ client, out, json, target }) => {
      await client.post('/v1/read-models/rebuild', { type: 'application/json', body: Buffer.alloc(0) });
      tell('the rebuild has begun');
      // Files that are closed again are not built any further.
      if (!wait && target.kind === 'server') return;
      const state = await takenOver(client);
      await (json
        ? printJson(out, state)
        : out.write(`rebuilt and serving, at position ${String(state.position)}\n`));
    }),
  );
}

/** Resolves when nothing is being built any more. */
async function takenOver(client: Client): Promise<SystemState> {
  for (;;) {
    await pause(POLL_MS);
    const state = await client.status<SystemState>();
    const problem = state.building?.find((one) => one.problem !== null);
    if (problem) throw new CliError('failed', `${problem.projection} cannot be built: ${problem.problem}`);
    if (state.building?.length === 0) return state;
  }
}
