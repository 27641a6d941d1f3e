import { FUNNEL_STAGES, type FunnelRow, type List, SIDE_STAGES, type Stage } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { STAGE_COLOURS } from '../../charts/palette.js';
import { count, monthName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH, STAGES, TOTAL } from '../../i18n/words.js';
import { windowParameters } from '../../state/period.js';
import { CountingChoice, isCumulative } from './counting-choice.js';

const TITLE: Message = ['Mese per mese', 'Month by month'];
const SUMMARY: Message = [
  'Nel periodo {registered} registrati, {attended} partecipanti, {saChosen} scelte, {pdsSigned} patti.',
  'In the period {registered} registered, {attended} attended, {saChosen} chose, {pdsSigned} signed.',
];

const SHOWN: readonly Stage[] = FUNNEL_STAGES;
const IN_TABLE: readonly Stage[] = [...FUNNEL_STAGES, ...SIDE_STAGES];

/** The entries of each stage by month, or as running totals. */
export function Months() {
  const cumulative = isCumulative();
  const answer = useAnswer<List<FunnelRow>>(
    cumulative ? '/v1/funnel/cumulative' : '/v1/funnel/monthly',
    windowParameters(),
  );
  return (
    <ChartCard
      id="months"
      title={say(TITLE)}
      answers={[answer]}
      draw={() => drawMonths(answer.data!, cumulative)}
      controls={<CountingChoice />}
    />
  );
}

function drawMonths({ items, totals }: List<FunnelRow>, cumulative: boolean): Drawing | undefined {
  if (!items.some((row) => IN_TABLE.some((stage) => row[stage] > 0))) return undefined;
  const series = SHOWN.map((stage): Series => ({
    type: 'line',
    name: say(STAGES[stage]),
    data: items.map((row) => row[stage]),
    color: STAGE_COLOURS[stage],
    lineStyle: { width: 2.5, type: stage === 'booked' ? 'dashed' : 'solid' },
    symbol: 'circle',
    symbolSize: 6,
    showSymbol: items.length <= 24,
    step: cumulative ? 'end' : undefined,
  }));
  const months = items.map(({ month }) => monthName(month));
  return {
    option: frame({ xAxis: categories(months, { boundaryGap: false }), yAxis: values(), series }),
    table: {
      columns: [
        { name: say(MONTH), text: monthName },
        ...IN_TABLE.map((stage) => ({ name: say(STAGES[stage]) })),
      ],
      rows: items.map((row) => [row.month, ...IN_TABLE.map((stage) => row[stage])]),
      ...(cumulative ? {} : { total: [say(TOTAL), ...IN_TABLE.map((stage) => totals[stage])] }),
    },
    summary: say(SUMMARY, Object.fromEntries(SHOWN.map((stage) => [stage, count(totals[stage])]))),
  };
}
