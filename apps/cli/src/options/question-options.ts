import { type Command, Option } from 'commander';
import { FUNNEL_STAGES } from '#events/stages';
import { GROUP_KEYS, type GroupKey } from '#measures/selection';
import { type Query } from '../target/client.js';

/** The stages that a cohort can be of. */
export const STAGE_NAMES: readonly string[] = FUNNEL_STAGES;

/** Options of a command are the parameters of a request under the same names. */
type Options = Readonly<Record<string, unknown>>;

/** The first and the last day. */
export function addWindow(command: Command): Command {
  return command
    .option('--from <day>', 'first day that counts, YYYY-MM-DD; else that of the first fact')
    .option('--to <day>', 'last day that counts; else that of the last fact');
}

/** What had happened, and what was known. */
export function addCutOffs(command: Command): Command {
  return addKnownAt(command)
    .option('--until <date>', 'only what had happened by then')
    .option('--after <position>', 'wait until the answer holds this position of the log');
}

export function addKnownAt(command: Command): Command {
  return command.option(
    '--known-at <date>',
    'only what was recorded by then: a day, or an instant with offset',
  );
}

/** Grouping, and a filter by each of the same keys. */
export function addGroups(command: Command, keys: readonly GroupKey[] = GROUP_KEYS): Command {
  command.option('--group-by <keys>', `a row for each of these, separated by commas: ${keys.join(', ')}`);
  for (const key of keys) command.option(`--${key} <codes>`, `only these, separated by commas`);
  return command;
}

export function addStagePair(command: Command): Command {
  return command
    .addOption(
      new Option('--from-stage <stage>', 'the stage that people entered (attended)').choices([
        ...STAGE_NAMES,
      ]),
    )
    .addOption(
      new Option('--to-stage <stage>', 'the stage that they are followed to (saChosen)').choices([
        ...STAGE_NAMES,
      ]),
    );
}

export function addByMonth(command: Command): Command {
  return command.addOption(new Option('--by <unit>', 'a row for each month of entry').choices(['month']));
}

/** The options that were given, as parameters of the request. A switch that is on is `true`. */
export function queryOf(options: Options, names: readonly string[]): Query {
  return Object.fromEntries(
    names
      .filter((name) => options[name] !== undefined && options[name] !== false)
      .map((name) => [name, String(options[name])]),
  );
}

export const CUT_OFF_NAMES = ['knownAt', 'until', 'after'];
export const QUESTION_NAMES = ['from', 'to', ...CUT_OFF_NAMES, 'groupBy', ...GROUP_KEYS];
