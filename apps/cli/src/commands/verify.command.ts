import { Command } from 'commander';
import { CliError } from '../cli.error.js';
import { addExamples } from '../options/examples.js';
import { printJson } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { inSession } from '../session.js';
import { type Check } from '../verify/verify.js';

/** `mip verify`: whether the log can be read to its end, and what is served follows from it. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description(
      'whether the log can be read and is complete, and what is served is what it says (role auditor)',
    )
    .option('--known-at <dates>', 'compare the figures of these past dates too, separated by commas');
  addExamples(
    command,
    'mip verify',
    'mip verify --known-at 2019-12-31,2020-12-31',
    'mip verify --data ./data/demo --json',
  );
  return command.action(({ knownAt }: { knownAt?: string }) =>
    inSession(command, async ({ client, out, json }) => {
      // It knows all types of facts, which takes longer to load than all other commands.
      const { verify } = await import('../verify/verify.js');
      const checks = await verify(client, knownAt?.split(',') ?? []);
      const holds = checks.every(({ ok }) => ok);
      await (json ? printJson(out, { holds, checks }) : out.write(tableOf(checks)));
      if (!holds) throw new CliError('failed', 'not everything is as it should be');
    }),
  );
}

function tableOf(checks: readonly Check[]): string {
  return renderTable({
    columns: [{ title: 'check', isKey: true }, { title: '' }, { title: 'found' }],
    rows: checks.map(({ check, ok, found }) => [check, ok ? 'ok' : 'FAILED', found]),
  });
}
