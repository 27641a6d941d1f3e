import { type List } from '../../api/answers.js';
import { type BacktestRow, type BacktestTotals } from '../../api/hysteresis-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { intervalMarks } from '../../charts/interval-marks.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { dayName, decimal, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { hysteresisParameters } from './question.js';

const TITLE: Message = ['La stima alla prova', 'The estimate put to the test'];
const EXPLANATION: Message = [
  'Che cosa la stima avrebbe detto alla fine di ogni mese passato, e che cosa è stato registrato poi.',
  'What the estimate would have told at the end of each past month, and what was recorded in the end.',
];
const EXPECTED: Message = ['Stima di allora', 'Estimate of then'];
const RECORDED: Message = ['Registrato poi', 'Recorded since'];
const COLUMNS: readonly Message[] = [
  ['Noto il', 'Known on'],
  ['In attesa', 'Pending'],
  EXPECTED,
  ['80 % da', '80 % low'],
  ['80 % a', '80 % high'],
  ['95 % da', '95 % low'],
  ['95 % a', '95 % high'],
  RECORDED,
];
const SUMMARY: Message = [
  'In {months} mesi il numero vero era nell’intervallo all’80 % nel {in80} dei casi, in quello al 95 % nel {in95}.',
  'In {months} months the true number lay within the 80 % interval {in80} of the time, within the 95 % one {in95}.',
];

type Test = List<BacktestRow, BacktestTotals>;

const percentOf = (share: number | null) => percent(share === null ? null : 100 * share, 0);
const told = ({ months, coverage80, coverage95 }: BacktestTotals) =>
  say(SUMMARY, { months, in80: percentOf(coverage80), in95: percentOf(coverage95) });

/** How well the nowcast would have done. */
export function Backtest() {
  const answer = useAnswer<Test>('/v1/hysteresis/nowcast/backtest', hysteresisParameters());
  return (
    <ChartCard
      id="backtest"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => draw(answer.data!)}
    >
      {answer.data && <p class="notice">{told(answer.data.totals)}</p>}
    </ChartCard>
  );
}

function draw({ items, totals }: Test): Drawing | undefined {
  if (items.length === 0) return undefined;
  const dot = { type: 'scatter', symbolSize: 9 } as const;
  const series: Series[] = [
    intervalMarks(
      items.map(({ eventuallyConverted }) => eventuallyConverted),
      COLOURS.before,
    ),
    {
      ...dot,
      name: say(EXPECTED),
      symbol: 'rect',
      color: COLOURS.muted,
      data: items.map(({ eventuallyConverted }) => Math.round(10 * eventuallyConverted.expected) / 10),
      z: 6,
    },
    {
      ...dot,
      name: say(RECORDED),
      symbol: 'diamond',
      symbolSize: 13,
      color: COLOURS.converted,
      data: items.map(({ recordedEventually }) => recordedEventually),
      z: 7,
    },
  ];
  const shared = frame({});
  const one = { format: (value: number) => decimal(value, 1) };
  return {
    option: {
      ...shared,
      legend: { ...shared.legend, icon: 'inherit', data: [say(EXPECTED), say(RECORDED)] },
      xAxis: categories(items.map(({ knownAt }) => dayName(knownAt.slice(0, 10), 'short'))),
      yAxis: values(),
      series,
    },
    table: {
      columns: COLUMNS.map((name, index) => ({ name: say(name), ...(index >= 2 && index <= 6 ? one : {}) })),
      rows: items.map(({ knownAt, pending, eventuallyConverted: e, recordedEventually }) => [
        knownAt,
        pending,
        e.expected,
        e.low80,
        e.high80,
        e.low95,
        e.high95,
        recordedEventually,
      ]),
    },
    summary: told(totals),
  };
}
