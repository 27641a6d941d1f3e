import { Command, Option } from 'commander';
import { addDelayOptions, delayQuery } from '../options/delay-options.js';
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
};

/** `mip hysteresis triangle`: cohorts by month, and what had become of them month after month. */
export function triangleCommand(): Command {
  const command = new Command('triangle').description(
    'what had become of each month of entry, month after month',
  );
  addDelayOptions(command).addOption(
    new Option('--show <count>', 'what the cells show').choices([...COUNTS]).default('converted'),
  );
  addExamples(
    command,
    'mip hysteresis triangle --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31',
    'mip hysteresis triangle --from 2020-01-01 --to 2020-12-31 --show pending --net',
  );
  return command.action((options: { show: Count }) =>
    inSession(command, async ({ client, out, json }) => {
      const answer = await client.get<FigureAnswer>('/v1/hysteresis/triangle', delayQuery(options));
      if (json) return printJson(out, answer);
      await out.write(renderTable(triangleTable(answer, options.show), out.width));
      await out.write(
        `\n${options.show} by the end of so many months after that of the entry; * is not over yet, ~ may not all be recorded yet\n`,
      );
      await out.write(signature(answer));
    }),
  );
}

/** A column an age. A number that may still grow is marked; the totals sum only months that are over. */
function triangleTable(answer: FigureAnswer, shown: Count): Table {
  const keys = keysOf(answer);
  const cellsOf = (item: Item) => item['cells'] as readonly TriangleCell[];
  const ages = [...new Set(answer.items.flatMap((item) => cellsOf(item).map(({ age }) => age)))].sort(
    (a, b) => a - b,
  );
  const rowOf = (item: Item): Cell[] => {
    const byAge = new Map(cellsOf(item).map((cell) => [cell.age, cell]));
    return ages.map((age) => {
      const cell = byAge.get(age);
      return cell && `${cell[shown]}${cell.complete === false ? '*' : cell.recorded ? ' ' : '~'}`;
    });
  };
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
      ...keys.map((_, index) => (index === 0 ? 'complete' : '')),
      valueAt(totals, 'size'),
      ...rowOf(totals),
    ],
  };
}
