import { FUNNEL_STAGES, type FunnelRow, type List, SIDE_STAGES, type Stage } from '../../api/answers.js';
import { type Answer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { frame, namesBeside, type Series, values } from '../../charts/option.js';
import { COLOURS, STAGE_COLOURS } from '../../charts/palette.js';
import { count, dayName, signed } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { earlierDay, laterDay } from './two-dates.js';

const TITLE: Message = ['Lo stesso periodo, noto allora e poi', 'The same period, as known then and later'];
const STAGE: Message = ['Passo o esito', 'Step or ending'];
const KNOWN: Message = ['Noto il {day}', 'Known on {day}'];
const DIFFERENCE: Message = ['Differenza', 'Change'];
const SUMMARY: Message = ['Sono cambiati {changed} conteggi su {all}.', '{changed} of {all} counts changed.'];
const ALL: readonly Stage[] = [...FUNNEL_STAGES, ...SIDE_STAGES];

interface ThenAndLaterProps {
  readonly then: Answer<List<FunnelRow>>;
  readonly later: Answer<List<FunnelRow>>;
}

/** The totals of the period at two dates of knowledge. */
export function ThenAndLater({ then, later }: ThenAndLaterProps) {
  return (
    <ChartCard
      id="then"
      title={say(TITLE)}
      answers={[then, later]}
      draw={() => draw(then.data!, later.data!)}
    />
  );
}

function draw(then: List<FunnelRow>, later: List<FunnelRow>): Drawing {
  const names = {
    then: say(KNOWN, { day: dayName(earlierDay(), 'short') }),
    later: say(KNOWN, { day: dayName(laterDay(), 'short') }),
  };
  const change = (stage: Stage) => later.totals[stage] - then.totals[stage];
  const changed = ALL.filter((stage) => change(stage) !== 0);
  const bar = { type: 'bar', barMaxWidth: 18, barGap: '10%' } as const;
  const series: Series[] = [
    {
      ...bar,
      name: names.then,
      itemStyle: { color: COLOURS.before },
      data: ALL.map((stage) => then.totals[stage]),
    },
    {
      ...bar,
      name: names.later,
      itemStyle: { color: STAGE_COLOURS.attended },
      data: ALL.map((stage) => later.totals[stage]),
      label: {
        show: true,
        position: 'right',
        color: COLOURS.text,
        formatter: ({ dataIndex }) => (change(ALL[dataIndex]!) === 0 ? '' : signed(change(ALL[dataIndex]!))),
      },
    },
  ];
  return {
    option: frame({
      yAxis: namesBeside(ALL.map((stage) => say(STAGES[stage]))),
      xAxis: values(),
      series,
    }),
    table: {
      columns: [
        { name: say(STAGE) },
        { name: names.then },
        { name: names.later },
        { name: say(DIFFERENCE), format: signed },
      ],
      rows: ALL.map((stage) => [say(STAGES[stage]), then.totals[stage], later.totals[stage], change(stage)]),
    },
    summary: say(SUMMARY, { changed: count(changed.length), all: ALL.length }),
    height: 460,
  };
}
