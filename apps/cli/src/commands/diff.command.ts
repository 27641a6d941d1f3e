import { Command } from 'commander';
import { addExamples } from '../options/examples.js';
import { addGroups, addWindow, queryOf, QUESTION_NAMES } from '../options/question-options.js';
import { type FigureAnswer, keysOf, signature, valueAt } from '../output/figure.js';
import { printJson } from '../output/output.js';
import { type Cell, renderTable } from '../output/table.js';
import { inSession } from '../session.js';

interface Cause {
  readonly class: string;
  readonly direction: 'entered' | 'left';
  readonly facts: readonly {
    readonly source: string;
    readonly id: string;
    readonly subject: string;
    readonly type: string;
  }[];
}

interface DiffOptions {
  readonly facts?: boolean;
}

/** `mip diff`: what changed between two recorded dates, and why. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('the cells of the monthly funnel that changed between two recorded dates, and why')
    .argument('<before>', 'what was known at this date …')
    .argument('<after>', '… and at this later one; days, or instants with offset');
  addGroups(addWindow(command))
    .option('--until <date>', 'only what had happened by then')
    .option('--after <position>', 'wait until the answer holds this position of the log')
    .option('--facts', 'list the facts behind each change');
  addExamples(
    command,
    'mip diff 2020-12-31 2021-03-31 --from 2020-01-01 --to 2020-12-31',
    'mip diff 2020-12-31 2021-03-31 --group-by territory --facts',
  );
  return command.action((before: string, after: string, options: DiffOptions) =>
    inSession(command, async ({ client, out, json }) => {
      const query = { ...queryOf({ ...options }, QUESTION_NAMES), knownAt: before, and: after };
      const answer = await client.get<FigureAnswer>('/v1/audit/diff', query);
      if (json) return printJson(out, answer);
      await out.write(diffTable(answer, out.width));
      if (options.facts) await out.write(`\n${factsTable(answer, out.width)}`);
      const { cells, entered, left } = answer.totals as Readonly<Record<string, number>>;
      await out.write(`\n${cells} cells differ; ${entered} journeys entered one, ${left} left one\n`);
      await out.write(signature(answer));
    }),
  );
}

const causesOf = (item: Readonly<Record<string, unknown>>) => item['causes'] as readonly Cause[];

function diffTable(answer: FigureAnswer, width?: number): string {
  const keys = [...keysOf(answer), 'stage'];
  return renderTable(
    {
      columns: [
        ...keys.map((title) => ({ title, isKey: true })),
        ...['before', 'after', 'change', 'why'].map((title) => ({ title })),
      ],
      rows: answer.items.map((item): Cell[] => {
        const [before, after] = [Number(item['before']), Number(item['after'])];
        return [
          ...keys.map((key) => valueAt(item, key)),
          before,
          after,
          after - before,
          whyOf(causesOf(item)),
        ];
      }),
    },
    width,
  );
}

/** How many journeys entered and left the cell for which reason: `late +3, moved -1`. */
function whyOf(causes: readonly Cause[]): string {
  const counts = new Map<string, number>();
  for (const { class: name, direction } of causes) {
    const reason = `${name} ${direction === 'entered' ? '+' : '-'}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${reason}${count}`).join(', ');
}

function factsTable(answer: FigureAnswer, width?: number): string {
  const keys = [...keysOf(answer), 'stage'];
  return renderTable(
    {
      columns: [...keys, 'why', 'type', 'subject', 'source', 'id'].map((title) => ({
        title,
        isKey: keys.includes(title),
      })),
      rows: answer.items.flatMap((item) =>
        causesOf(item).flatMap(({ class: name, direction, facts }) =>
          facts.map(({ type, subject, source, id }): Cell[] => [
            ...keys.map((key) => valueAt(item, key)),
            `${name} ${direction}`,
            type,
            subject,
            source,
            id,
          ]),
        ),
      ),
    },
    width,
  );
}
