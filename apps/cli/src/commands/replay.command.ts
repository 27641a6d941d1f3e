import { Command } from 'commander';
import { CliError } from '../cli.error.js';
import { addExamples } from '../options/examples.js';
import { addCutOffs, addGroups, addWindow, QUESTION_NAMES, queryOf } from '../options/question-options.js';
import { columns, type FigureAnswer, figureTable, type Item, printFigure } from '../output/figure.js';
import { inSession } from '../session.js';
import { stageColumns } from './funnel.command.js';

/** What a replay answers beside its rows. */
export interface ReplayAnswer extends FigureAnswer {
  readonly matches: boolean | null;
  readonly differences: readonly Item[];
}

/** `mip replay`: the monthly funnel from the log alone, beside what is served. */
export function replayCommand(): Command {
  const command = new Command('replay').description(
    'the monthly funnel computed anew from the log alone, and whether what is served matches it',
  );
  addGroups(addCutOffs(addWindow(command)))
    .option('--as-of <position>', 'from the log as it stood at this position; nothing is compared then')
    .option('--returning', 'show instead the entries of people who were there in an earlier cycle');
  addExamples(
    command,
    'mip replay --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31',
    'mip replay --group-by territory --json',
  );
  return command.action((options: { returning?: boolean }) =>
    inSession(command, async (session) => {
      const query = queryOf({ ...options }, [...QUESTION_NAMES, 'asOf']);
      const answer = await session.client.get<ReplayAnswer>('/v1/audit/replay', query);
      await printFigure(session, answer, stageColumns(options.returning));
      const { matches, differences } = answer;
      if (matches === false) throw differs(answer, session.out.width, session.json);
      if (!session.json) {
        await session.out.write(
          matches ? 'what is served matches, cell by cell\n' : 'nothing was compared\n',
        );
      }
      return void differences;
    }),
  );
}

function differs(
  { differences, ...answer }: ReplayAnswer,
  width: number | undefined,
  json: boolean,
): CliError {
  const message = `what is served differs from the log in ${differences.length} cells`;
  if (json) return new CliError('failed', message);
  const shown = { ...answer, items: differences.slice(0, MOST_DIFFERENCES), totals: undefined };
  const table = figureTable(shown, columns('stage', 'served', 'replayed'), width);
  return new CliError('failed', message, table.trimEnd().split('\n'));
}

const MOST_DIFFERENCES = 50;
