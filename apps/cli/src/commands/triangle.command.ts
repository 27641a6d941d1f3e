import { Command, Option } from 'commander';
import { addDelayOptions, delayQuery } from '../options/delay-options.js';
import { parseCount } from '../options/parse-count.js';
import { addExamples } from '../options/examples.js';
import { type FigureAnswer, type Item, keysOf, signature, valueAt } from '../output/figure.js';
import { printJson } from '../output/output.js';
import { type Cell, renderTable, type Table } from '../output/table.js';
import { inSession } from '../session.js';

const COUNTS = ['converted', 'lost', 'pending'] as const;
type Count = (typeof COUNTS)[number];

type TriangleCell = Readonly<Record<Count, number>> & {
  readonly age: number;
  readonly complete?: boolean;
  readonly recorded: boolean;
  /** In the totals: the people of the cohorts that are summed at this age. */
  readonly size?: number;
};

/** Two years: later ages say little, and a terminal is not wide. */
const USUAL_AGES = 24;

interface TriangleOptions {
  readonly show: Count;
  readonly ages: number;
}

/** `mip hysteresis triangle`: cohorts by month, and what had become of them month after month. */
export function triangleCommand(): Command {
  const command = new Command('triangle').description(
    'what had become of each month of entry, month after month',
  );
  addDelayOptions(command).addOption(
    new Option('--show <count>', 'what the cells show').choices([...COUNTS]).default('converted'),
  );
  command.addOption(
    new Option('--ages <months>', 'columns up to so many months after that of the entry')
      .argParser(parseCount)
      .default(USUAL_AGES),
  );
  addExamples(
    command,
    'mip hysteresis triangle --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31',
    'mip hysteresis triangle --from 2020-01-01 --to 2020-12-31 --show pending --net',
  );
  return command.action((options: TriangleOptions) =>
    inSession(command, async ({ client, out, json }) => {
      const answer = await client.get<FigureAnswer>('/v1/hysteresis/triangle', delayQuery(options));
      if (json) return printJson(out, answer);
      await out.write(renderTable(triangleTable(answer, options), out.width));
      await out.write(`\n${explanation(answer, options)}`);
      await out.write(signature(answer));
    }),
  );
}

const cellsOf = (item: Item) => item['cells'] as readonly TriangleCell[];

function agesOf({ items }: FigureAnswer): number[] {
  return [...new Set(items.flatMap((item) => cellsOf(item).map(({ age }) => age)))].sort((a, b) => a - b);
}

function explanation(answer: FigureAnswer, { show, ages }: TriangleOptions): string {
  const last = agesOf(answer).at(-1) ?? 0;
  const more = last > ages ? `\nolder ages are left out; all of them with --ages ${last}` : '';
  return (
    `${show} by the end of so many months after that of the entry; * is not over yet, ~ may not all be recorded yet\n` +
    `complete sums the cohorts for which the month is over; of says how many people these are${more}\n`
  );
}

/** A column an age. A number that may still grow is marked; the totals sum only months that are over. */
function triangleTable(answer: FigureAnswer, { show: shown, ages: most }: TriangleOptions): Table {
  const keys = keysOf(answer);
  const ages = agesOf(answer).filter((age) => age <= most);
  const rowOf = (item: Item): Cell[] => {
    const byAge = new Map(cellsOf(item).map((cell) => [cell.age, cell]));
    return ages.map((age) => {
      const cell = byAge.get(age);
      return cell && `${cell[shown]}${cell.complete === false ? '*' : cell.recorded ? ' ' : '~'}`;
    });
  };
  const named = (name: string) => keys.map((_, index) => (index === 0 ? name : ''));
  const { totals } = answer;
  return {
    columns: [
      ...keys.map((title) => ({ title, isKey: true })),
      { title: 'size', isKey: true },
      ...ages.map((age) => ({ title: `+${age} `, isNumeric: true })),
    ],
    rows: answer.items.map((item) => [
      ...[...keys, 'size'].map((path) => valueAt(item, path)),
      ...rowOf(item),
    ]),
    totals: totals && [
      [...named('complete'), valueAt(totals, 'size'), ...rowOf(totals)],
      [...named('of'), '', ...sizesOf(totals, ages)],
    ],
  };
}

/** How many people the totals cover at each age. */
function sizesOf(totals: Item, ages: readonly number[]): Cell[] {
  const byAge = new Map(cellsOf(totals).map(({ age, size }) => [age, size]));
  return ages.map((age) => (byAge.has(age) ? `${byAge.get(age)} ` : undefined));
}
