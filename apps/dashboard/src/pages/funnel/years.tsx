import { FUNNEL_STAGES, type FunnelRow, type FunnelStage, type List } from '../../api/answers.js';
import { type Parameters } from '../../api/client.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS, STAGE_COLOURS } from '../../charts/palette.js';
import { bareMonthName, count, monthName, signed } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH, STAGES } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { windowParameters } from '../../state/period.js';
import { CountingChoice, isCumulative } from './counting-choice.js';

const TITLE: Message = ['Quest’anno e l’anno prima', 'This year against the last'];
const STAGE: Message = ['Passo', 'Step'];
const DIFFERENCE: Message = ['Differenza', 'Change'];
const SUMMARY: Message = [
  '{stage}: {now}, l’anno prima {before}.',
  '{stage}: {now}, the year before {before}.',
];

const comparedStage = (): FunnelStage =>
  FUNNEL_STAGES.find((stage) => stage === param('compare')) ?? 'registered';

/** One stage, each month beside the same month of the year before, or up to it since the period began. */
export function Years({ before: windowBefore }: { readonly before: Parameters }) {
  const stage = comparedStage();
  const path = isCumulative() ? '/v1/funnel/cumulative' : '/v1/funnel/monthly';
  const now = useAnswer<List<FunnelRow>>(path, windowParameters());
  const before = useAnswer<List<FunnelRow>>(path, windowBefore);
  return (
    <ChartCard
      id="years"
      title={say(TITLE)}
      answers={[now, before]}
      draw={() => drawYears(stage, now.data!, before.data!)}
      controls={
        <>
          <Select
            label={say(STAGE)}
            value={stage}
            choices={FUNNEL_STAGES.map((one) => ({ value: one, label: say(STAGES[one]) }))}
            onChange={(value) => change({ compare: value })}
          />
          <CountingChoice />
        </>
      }
    />
  );
}

/** What is compared: a month of the year, or where the period is longer than a year the two months. */
function monthNames(now: readonly FunnelRow[], before: readonly FunnelRow[]): string[] {
  if (now.length <= 12) return now.map(({ month }) => bareMonthName(month));
  return now.map(({ month }, index) => {
    const earlier = before[index];
    return earlier ? `${monthName(earlier.month)} / ${monthName(month)}` : monthName(month);
  });
}

const spanName = (rows: readonly FunnelRow[]): string => {
  const [first, last] = [rows[0]?.month.slice(0, 4), rows.at(-1)?.month.slice(0, 4)];
  return first === last ? String(first) : `${first}–${last}`;
};

function drawYears(stage: FunnelStage, now: List<FunnelRow>, before: List<FunnelRow>): Drawing | undefined {
  if (!now.items.some((row) => row[stage] > 0) && !before.items.some((row) => row[stage] > 0))
    return undefined;
  const months = monthNames(now.items, before.items);
  const names = { now: spanName(now.items), before: spanName(before.items) };
  const bars = (name: string, rows: readonly FunnelRow[], color: string): Series => ({
    type: 'bar',
    name,
    data: rows.map((row) => row[stage]),
    itemStyle: { color },
    barMaxWidth: 26,
    barGap: '10%',
  });
  return {
    option: frame({
      xAxis: categories(months),
      yAxis: values(),
      series: [
        bars(names.before, before.items, COLOURS.before),
        bars(names.now, now.items, STAGE_COLOURS[stage]),
      ],
    }),
    table: {
      columns: [
        { name: say(MONTH) },
        { name: names.before },
        { name: names.now },
        { name: say(DIFFERENCE), format: signed },
      ],
      rows: now.items.map((row, index) => {
        const earlier = before.items[index]?.[stage] ?? null;
        return [months[index]!, earlier, row[stage], earlier === null ? null : row[stage] - earlier];
      }),
    },
    summary: say(SUMMARY, {
      stage: say(STAGES[stage]),
      now: count(now.totals[stage]),
      before: count(before.totals[stage]),
    }),
    height: 300,
  };
}
