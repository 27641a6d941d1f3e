import { Command, Option } from 'commander';
import { STAGES } from '#events/stages';
import { type Outcome } from '#measures';
import { GROUP_KEYS } from '#measures/selection';
import { addExamples } from '../options/examples.js';
import { parseCount } from '../options/parse-count.js';
import {
  addCutOffs,
  addGroups,
  addWindow,
  QUESTION_NAMES,
  queryOf,
  STAGE_NAMES,
} from '../options/question-options.js';
import { type Item, signature, valueAt } from '../output/figure.js';
import { type OneJourney, journeyText } from '../output/journey-text.js';
import { printJson, tell } from '../output/output.js';
import { type Cell, renderTable } from '../output/table.js';
import { inSession, type Session } from '../session.js';
import { type Query } from '../target/client.js';

interface Page {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly count: number;
  readonly [member: string]: unknown;
}

interface ListOptions {
  readonly limit: number;
  readonly all?: boolean;
}

const LIST_NAMES = [
  'stage',
  'returning',
  'toStage',
  'outcome',
  'minDelayDays',
  'maxDelayDays',
  'net',
  'status',
];
const OUTCOMES: readonly Outcome[] = ['converted', 'abandoned', 'notAdmissible', 'pending'];
const DEFAULT_LIMIT = 100;
const LARGEST_PAGE = 1_000;

/** `mip journeys`: the people behind a figure, or one of them. */
export function journeysCommand(): Command {
  const command = new Command('journeys')
    .description('the journeys behind a figure, or everything about one (role casework)')
    .argument('[id]', 'one journey, with its entries and facts; --known-at and --until apply')
    .addOption(
      new Option('--stage <stage>', 'with an entry of this stage in the window').choices([...STAGES]),
    )
    .addOption(new Option('--status <status>', 'in this status').choices([...STAGES]))
    .option('--returning', 'only those who were there in an earlier cycle')
    .addOption(
      new Option('--to-stage <stage>', 'tell what became of them towards this stage').choices([
        ...STAGE_NAMES,
      ]),
    )
    .addOption(new Option('--outcome <outcome>', 'only with this outcome').choices([...OUTCOMES]))
    .option('--min-delay-days <n>', 'only who took at least so long', parseCount)
    .option('--max-delay-days <n>', 'only who took at most so long', parseCount)
    .option('--net', 'count only the days on which the later stage was not suspended')
    .option('--limit <n>', 'how many', parseCount, DEFAULT_LIMIT)
    .option('--all', 'all of them');
  addGroups(addCutOffs(addWindow(command)));
  addExamples(
    command,
    'mip journeys --stage attended --from 2020-10-01 --to 2020-10-31 --territory TO',
    'mip journeys --stage attended --to-stage saChosen --outcome pending --from 2020-01-01 --to 2020-12-31 --all',
    'mip journeys j-000001 --known-at 2020-12-31',
  );
  return command.action((id: string | undefined, options: ListOptions) =>
    inSession(command, async (session) => {
      const asked = { ...options };
      if (id === undefined) return list(session, queryOf(asked, [...QUESTION_NAMES, ...LIST_NAMES]), options);
      return one(session, id, queryOf(asked, [...QUESTION_NAMES, ...LIST_NAMES]));
    }),
  );
}

async function one({ client, out, json }: Session, id: string, query: Query): Promise<void> {
  const journey = await client.get<OneJourney>(`/v1/journeys/${encodeURIComponent(id)}`, query);
  await (json
    ? printJson(out, journey)
    : out.write(`${journeyText(journey, out.width)}\n${signature({ ...journey })}`));
}

async function list(
  { client, out, json }: Session,
  query: Query,
  { limit, all }: ListOptions,
): Promise<void> {
  const wanted = all ? Infinity : Math.max(limit, 1);
  let page = await client.get<Page>('/v1/journeys', {
    ...query,
    limit: String(Math.min(wanted, LARGEST_PAGE)),
  });
  const items = [...page.items];
  while (page.next !== null && items.length < wanted) {
    page = await client.get<Page>(page.next);
    items.push(...page.items);
  }
  const shown = items.slice(0, wanted);
  if (json) return printJson(out, { ...page, items: shown });
  await out.write(listTable(shown, out.width));
  await out.write(`\n${signature(page)}`);
  tell(
    shown.length < page.count
      ? `${shown.length} of ${page.count}; --all shows the others`
      : `${page.count} in all`,
  );
}

function listTable(items: readonly Item[], width?: number): string {
  const names = ['id', 'status', 'day', ...GROUP_KEYS, 'outcome', 'delayDays'].filter(
    (name) => items.length === 0 || items.some((item) => name in item),
  );
  return renderTable(
    {
      columns: names.map((title) => ({ title, isKey: title === 'id' })),
      rows: items.map((item): Cell[] => names.map((name) => valueAt(item, name))),
    },
    width,
  );
}
