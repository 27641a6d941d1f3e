import { Command, Option } from 'commander';
import { STAGES } from '#events/stages';
import {
  addByMonth,
  addCutOffs,
  addGroups,
  addStagePair,
  addWindow,
  QUESTION_NAMES,
  queryOf,
  STAGE_NAMES,
} from '../options/question-options.js';
import { addExamples } from '../options/examples.js';
import {
  columns,
  type FigureAnswer,
  type FigureColumn,
  type Item,
  keysOf,
  printFigure,
} from '../output/figure.js';
import { inSession } from '../session.js';

interface FunnelOptions {
  readonly returning?: boolean;
}

/** `mip funnel`: how many people took which step. */
export function funnelCommand(): Command {
  const command = new Command('funnel').description('how many people took which step');
  command.addCommand(periodCommand('monthly', 'month by month'), { isDefault: true });
  command.addCommand(periodCommand('cumulative', 'as running totals'));
  command.addCommand(ratioCommand());
  command.addCommand(cohortCommand());
  return addExamples(
    command,
    'mip funnel --from 2020-01-01 --to 2020-12-31',
    'mip funnel cumulative --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31',
    'mip funnel ratio --from 2020-01-01 --to 2020-12-31 --group-by territory',
    'mip funnel cohort --stage attended --from 2020-01-01 --to 2020-12-31',
  );
}

function periodCommand(kind: 'monthly' | 'cumulative', words: string): Command {
  const command = new Command(kind).description(`entries of each stage, ${words}`);
  addGroups(addCutOffs(addWindow(command))).option(
    '--returning',
    'show instead how many of the entries are of people who were there in an earlier cycle',
  );
  addExamples(
    command,
    `mip funnel ${kind} --from 2020-01-01 --to 2020-12-31`,
    `mip funnel ${kind} --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31 --group-by territory`,
    `mip funnel ${kind} --from 2020-10-01 --to 2020-10-31 --territory TO,CN --json`,
  );
  return command.action((options: FunnelOptions) =>
    inSession(command, async (session) => {
      const query = queryOf({ ...options }, QUESTION_NAMES);
      const answer = await session.client.get<FigureAnswer>(`/v1/funnel/${kind}`, query);
      await printFigure(session, answer, stageColumns(options.returning));
    }),
  );
}

/** A column for each stage: all entries, or the returning ones. */
export function stageColumns(returning = false): FigureColumn[] {
  return returning
    ? STAGES.map((stage) => ({ path: `returning.${stage}`, title: stage }))
    : columns(...STAGES);
}

function ratioCommand(): Command {
  const command = new Command('ratio').description(
    'entries of one stage over those of another in the same period, whoever the people are; no conversion rate',
  );
  addByMonth(addStagePair(addGroups(addCutOffs(addWindow(command)))));
  addExamples(
    command,
    'mip funnel ratio --from 2020-01-01 --to 2020-12-31',
    'mip funnel ratio --from-stage saChosen --to-stage pdsSigned --by month --from 2020-10-01 --to 2020-12-31',
  );
  return command.action((options: object) =>
    inSession(command, async (session) => {
      const query = queryOf({ ...options }, [...QUESTION_NAMES, 'fromStage', 'toStage', 'by']);
      const answer = await session.client.get<FigureAnswer>('/v1/funnel/period-ratio', query);
      await printFigure(session, answer, [
        ...columns('numerator', 'denominator'),
        { path: 'pct', digits: 2 },
      ]);
    }),
  );
}

function cohortCommand(): Command {
  const command = new Command('cohort').description(
    'what became of the people who entered a stage, whenever they went on',
  );
  addByMonth(addGroups(addCutOffs(addWindow(command)))).addOption(
    new Option('--stage <stage>', 'the stage whose entries are the cohort (registered)').choices([
      ...STAGE_NAMES,
    ]),
  );
  addExamples(
    command,
    'mip funnel cohort --from 2020-01-01 --to 2020-12-31',
    'mip funnel cohort --stage attended --by month --group-by territory --from 2020-01-01 --to 2020-12-31',
  );
  return command.action((options: object) =>
    inSession(command, async (session) => {
      const query = queryOf({ ...options }, [...QUESTION_NAMES, 'stage', 'by']);
      const answer = await session.client.get<FigureAnswer>('/v1/funnel/cohort', query);
      await (session.json
        ? printFigure(session, answer, [])
        : printFigure(session, byLaterStage(answer), COHORT_COLUMNS));
    }),
  );
}

const COHORT_COLUMNS = columns('size', 'converted', 'abandoned', 'notAdmissible', 'pending');

interface CohortItem extends Item {
  readonly size: number;
  readonly outcomes: Readonly<Record<string, Item>>;
}

/** A row for each later stage, with the outcomes towards it side by side. */
function byLaterStage(answer: FigureAnswer): FigureAnswer {
  const rows = (items: readonly Item[]) =>
    (items as readonly CohortItem[]).flatMap(({ outcomes, reached: _reached, ...item }) =>
      Object.entries(outcomes).map(([stage, counts]) => ({ ...item, towards: stage, ...counts })),
    );
  const keys = keysOf(answer);
  const label = Object.fromEntries(keys.map((key, index) => [key, index === 0 ? 'total' : '']));
  const totals = answer.totals ? rows([{ ...answer.totals, ...label }]) : [];
  return {
    ...answer,
    groupBy: [...(answer.groupBy ?? []), 'towards'],
    items: [...rows(answer.items), ...(keys.length > 0 ? totals : [])],
    totals: undefined,
  };
}
