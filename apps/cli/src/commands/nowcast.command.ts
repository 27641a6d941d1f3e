import { Command } from 'commander';
import { addDelayOptions, delayQuery } from '../options/delay-options.js';
import { addExamples } from '../options/examples.js';
import { columns, type FigureAnswer, figureTable, type Item, signature } from '../output/figure.js';
import { printJson } from '../output/output.js';
import { renderTable } from '../output/table.js';
import { inSession } from '../session.js';

interface Forecast {
  readonly expected: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  readonly reason: string | null;
}

const FORECASTS = ['alreadyConverted', 'alreadyLost', 'eventuallyConverted'] as const;

type Answer = FigureAnswer & { readonly warnings?: readonly (keyof typeof WARNINGS)[] };

const WARNINGS = {
  suspension_not_excluded:
    'Since the first entry the later stage was suspended: without --net its closure is taken for people who do not come.',
  groups_share_hazards:
    'Groups differ by the time waited alone; to forecast one from its own past, filter by it.',
};

/** `mip hysteresis nowcast`: what happened to the pending off the record, and what will. */
export function nowcastCommand(): Command {
  const command = new Command('nowcast').description(
    'of the pending: who has converted or been lost without its being recorded yet, and who will convert',
  );
  addDelayOptions(command).option('--backtest', 'the same at every past month end, beside what became of it');
  addExamples(
    command,
    'mip hysteresis nowcast --from 2020-01-01 --to 2020-12-31 --known-at 2020-12-31 --until 2020-12-31',
    'mip hysteresis nowcast --backtest --json',
  );
  return command.action((options: { backtest?: boolean }) =>
    inSession(command, async ({ client, out, json }) => {
      const path = `/v1/hysteresis/nowcast${options.backtest ? '/backtest' : ''}`;
      const answer = await client.get<Answer>(path, delayQuery(options));
      if (json) return printJson(out, answer);
      const table = options.backtest ? backtestTable(answer, out.width) : nowcastTable(answer, out.width);
      await out.write(`${table}\nexpected [80 % limits] [95 % limits]\n${reasonsText(answer)}`);
      for (const warning of answer.warnings ?? []) await out.write(`${WARNINGS[warning]}\n`);
      await out.write(signature(answer));
    }),
  );
}

function nowcastTable(answer: FigureAnswer, width?: number): string {
  const withTexts = (item: Item): Item => ({ ...item, ...textsOf(item) });
  const shown = {
    ...answer,
    items: answer.items.map(withTexts),
    totals: answer.totals && withTexts(answer.totals),
  };
  return figureTable(shown, columns('size', 'converted', 'lost', 'pending', ...FORECASTS), width);
}

const BACKTEST = [
  'pending',
  'alreadyConverted',
  'recordedConverted',
  'alreadyLost',
  'recordedLost',
  'eventuallyConverted',
  'recordedEventually',
  'settled',
];

function backtestTable(answer: FigureAnswer, width?: number): string {
  const groups = ['knownAt', ...(answer.groupBy ?? [])];
  const items = answer.items.map((item) => ({ ...item, ...textsOf(item) }));
  const table = figureTable(
    { ...answer, items, totals: undefined, groupBy: groups },
    columns(...BACKTEST),
    width,
  );
  const totals = answer.totals as Readonly<Record<(typeof FORECASTS)[number], Item>>;
  const coverage = renderTable({
    columns: [
      { title: 'forecast', isKey: true },
      { title: 'compared' },
      { title: 'within 80 %' },
      { title: 'share', digits: 3 },
      { title: 'within 95 %' },
      { title: 'share', digits: 3 },
    ],
    rows: FORECASTS.map((name) => {
      const { compared, within80, coverage80, within95, coverage95 } = totals[name] as Record<
        string,
        number | null
      >;
      return [name, compared, within80, coverage80, within95, coverage95];
    }),
  });
  return `${table}\n${coverage}`;
}

/** Why some rows have a dash. */
function reasonsText({ items, totals }: FigureAnswer): string {
  const forecasts = [...items, ...(totals ? [totals] : [])].flatMap((item) =>
    FORECASTS.map((name) => item[name] as Partial<Forecast>),
  );
  const reasons = new Set(
    forecasts.flatMap(({ expected, reason }) => (expected === null && reason ? [reason] : [])),
  );
  return [...reasons].map((reason) => `- ${reason.replaceAll('_', ' ')}\n`).join('');
}

function textsOf(item: Item): Record<string, string | null> {
  return Object.fromEntries(FORECASTS.map((name) => [name, textOf(item[name] as Forecast)]));
}

function textOf({ expected, low80, high80, low95, high95 }: Forecast): string | null {
  return expected === null ? null : `${expected.toFixed(1)} [${low80}–${high80}] [${low95}–${high95}]`;
}
