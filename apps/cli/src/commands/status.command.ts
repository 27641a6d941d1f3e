import { Command } from 'commander';
import { type Problem } from '#http/problem';
import { CliError } from '../cli.error.js';
import { addExamples } from '../options/examples.js';
import { printJson } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { inSession } from '../session.js';
import { nameOf } from '../target/choose-target.js';
import { headline } from '../target/problem.js';

export interface ProjectionState {
  readonly projection: string;
  readonly position: string;
  readonly lag: number;
  readonly problem: string | null;
}

/** What `/status` answers. */
export interface SystemState extends Problem {
  readonly position?: string;
  readonly synthetic?: boolean;
  readonly projections?: readonly ProjectionState[];
  /** Read models that are being built beside those that serve. */
  readonly building?: readonly ProjectionState[];
}

/** `mip status`: whether the system is well. */
export function statusCommand(): Command {
  const command = new Command('status').description(
    'where the log and the read models stand, and whether all is well',
  );
  addExamples(
    command,
    'mip status',
    'mip status --url https://percorso.example --json',
    'mip status --data ./data/demo',
  );
  return command.action(() =>
    inSession(command, async ({ client, out, json, target }) => {
      const state = await client.status<SystemState>();
      if (json) await printJson(out, state);
      else await out.write(statusText(nameOf(target), state));
      if (state.status !== 200) throw new CliError('failed', headline(state));
    }),
  );
}

function statusText(
  name: string,
  { title, detail, position, synthetic, projections = [] }: SystemState,
): string {
  const lines = [`${name}: ${title}. ${detail}`];
  if (position !== undefined)
    lines.push(`log at position ${position}${synthetic ? '; the history in it is made up' : ''}`);
  if (projections.length === 0) return `${lines.join('\n')}\n`;
  const table = renderTable({
    columns: [
      { title: 'projection', isKey: true },
      { title: 'position' },
      { title: 'lag' },
      { title: 'problem' },
    ],
    rows: projections.map((one) => [one.projection, Number(one.position), one.lag, one.problem ?? '']),
  });
  return `${lines.join('\n')}\n\n${table}`;
}
