import { Command } from 'commander';
import { addDelayOptions, delayQuery } from '../options/delay-options.js';
import { addByMonth, queryOf } from '../options/question-options.js';
import { addExamples } from '../options/examples.js';
import {
  columns,
  type FigureAnswer,
  type FigureColumn,
  figureTable,
  type Item,
  printFigure,
  signature,
} from '../output/figure.js';
import { printJson } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { inSession, type Session } from '../session.js';
import { nowcastCommand } from './nowcast.command.js';
import { triangleCommand } from './triangle.command.js';

/** `mip hysteresis`: late or lost. */
export function hysteresisCommand(): Command {
  const command = new Command('hysteresis').description('late or lost: the delay between two stages');
  command.addCommand(delaysCommand(), { isDefault: true });
  command.addCommand(compareCommand());
  command.addCommand(triangleCommand());
  command.addCommand(nowcastCommand());
  return addExamples(
    command,
    'mip hysteresis --from 2020-01-01 --to 2020-12-31 --net',
    'mip hysteresis compare --group-by territory --from 2020-01-01 --to 2020-12-31',
    'mip hysteresis triangle --from 2020-01-01 --to 2020-12-31',
    'mip hysteresis nowcast --known-at 2020-12-31 --until 2020-12-31',
  );
}

const SUMMARY: readonly FigureColumn[] = [
  ...columns('size', 'converted', 'abandoned', 'notAdmissible', 'pending'),
  ...['naiveLossPct', 'trueLossPct', 'hysteresisPct'].map((path) => ({ path, digits: 2 })),
  ...['delays.median', 'delays.p90'].map((path) => ({ path, digits: 1 })),
  ...columns('medianDays', 'medianDaysIfNoLoss'),
  { path: 'periodRatio.pct', digits: 2 },
];

function delaysCommand(): Command {
  const command = new Command('delays').description(
    'how many went on, were lost or are pending, and after how many days',
  );
  addByMonth(addDelayOptions(command)).option('--curve', 'show the time-to-event curve too');
  addExamples(
    command,
    'mip hysteresis --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31 --until 2020-12-31',
    'mip hysteresis --from 2020-01-01 --to 2020-12-31 --net --group-by territory',
    'mip hysteresis --from-stage saChosen --to-stage pdsSigned --curve --json',
  );
  return command.action((options: object) =>
    inSession(command, async (session) => {
      const query = { ...delayQuery(options), ...queryOf({ ...options }, ['by', 'curve']) };
      const answer = await session.client.get<FigureAnswer>('/v1/hysteresis', query);
      await printFigure(session, answer, SUMMARY);
      if (query['curve'] && !session.json) await printCurves(session, answer);
    }),
  );
}

const CURVE: readonly FigureColumn[] = [
  ...columns('day', 'atRisk', 'converted', 'lost', 'censored'),
  ...['survival', 'survivalLow', 'survivalHigh', 'cifConverted', 'seConverted', 'cifLost', 'seLost'].map(
    (path) => ({ path, digits: 4 }),
  ),
];

/** The points of all rows below each other, each with the month and groups of its row. */
async function printCurves({ out }: Session, answer: FigureAnswer): Promise<void> {
  const items = answer.items.flatMap(({ curve, ...item }) =>
    (curve as readonly Item[]).map((point) => ({ ...item, ...point })),
  );
  await out.write(`\n${figureTable({ ...answer, items, totals: undefined }, CURVE, out.width)}`);
}

interface Test {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

const TESTS = [
  ['logRank', 'log-rank test of converting'],
  ['grayConverted', "Gray's test of converting"],
  ['grayLost', "Gray's test of being lost"],
] as const;

const VERDICTS: Readonly<Record<string, string>> = {
  different: 'the groups differ',
  no_difference_shown: 'no difference is shown',
  too_few_to_say: 'too few conversions to say',
  nothing_to_compare: 'fewer than two groups: nothing to compare',
};

function compareCommand(): Command {
  const command = new Command('compare').description('whether groups differ in how many go on, and how soon');
  addDelayOptions(command);
  addExamples(command, 'mip hysteresis compare --group-by territory --from 2020-01-01 --to 2020-12-31 --net');
  return command.action((options: object) =>
    inSession(command, async (session) => {
      const { client, out, json } = session;
      const answer = await client.get<FigureAnswer>('/v1/hysteresis/compare', delayQuery(options));
      if (json) return printJson(out, answer);
      const tests = answer['tests'] as Readonly<Record<string, Test | null>>;
      await out.write(
        figureTable(answer, columns('size', 'converted', 'lost', 'pending', 'medianDays'), out.width),
      );
      await out.write(`\n${testsTable(tests)}`);
      await out.write(`\n${verdictOf(answer)} (α = ${String(answer['alpha'])})\n${signature(answer)}`);
    }),
  );
}

function verdictOf({ verdict, tooFew }: FigureAnswer): string {
  const words = VERDICTS[String(verdict)] ?? String(verdict);
  const groups = (tooFew as readonly Item[]).map((group) => Object.values(group).join(' '));
  if (verdict !== 'too_few_to_say' || groups.length === 0) return words;
  const have = groups.length === 1 ? 'has' : 'have';
  return `${words}: ${groups.join(', ')} ${have} fewer than ten, so the tests are not to be used`;
}

/** A probability to four digits; a smaller one is no 0. */
const shownP = (p: number): string => (p < 0.0001 ? '<0.0001' : p.toFixed(4));

function testsTable(tests: Readonly<Record<string, Test | null>>): string {
  return renderTable({
    columns: [
      { title: 'test', isKey: true },
      { title: 'statistic', digits: 4 },
      { title: 'degrees of freedom' },
      { title: 'p', isNumeric: true },
    ],
    rows: TESTS.map(([name, words]) => {
      const test = tests[name];
      return [words, test?.statistic, test?.degreesOfFreedom, test && shownP(test.pValue)];
    }),
  });
}
