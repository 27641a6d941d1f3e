import { type List } from '../../api/answers.js';
import { type BacktestRow, type BacktestTotals } from '../../api/hysteresis-answers.js';
import { useAnswerOnce } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { intervalMarks } from '../../charts/interval-marks.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { useInView } from '../../charts/use-in-view.js';
import { count, dayName, decimal, tenths } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { hysteresisParameters } from './question.js';

const TITLE: Message = ['La stima alla prova', 'The estimate put to the test'];
const EXPLANATION: Message = [
  'Che cosa la stima avrebbe detto alla fine di ogni mese passato, e che cosa è stato registrato poi. Dove il tempo trascorso non basta ancora a dire com’è finita, il segno è vuoto; dove manca la stima, si sapeva troppo poco.',
  'What the estimate would have told at the end of each past month, and what was recorded since. Where too little time has gone by to tell how it ended, the mark is hollow; where there is no estimate, too little was known.',
];
const EXPECTED: Message = ['Stima di allora', 'Estimate of then'];
const RECORDED: Message = ['Registrato poi', 'Recorded since'];
const SO_FAR: Message = ['Registrato finora', 'Recorded so far'];
const YES: Message = ['sì', 'yes'];
const NO: Message = ['no', 'no'];
const COLUMNS: readonly Message[] = [
  ['Noto il', 'Known on'],
  ['In attesa', 'Pending'],
  EXPECTED,
  ['80 % da', '80 % low'],
  ['80 % a', '80 % high'],
  ['95 % da', '95 % low'],
  ['95 % a', '95 % high'],
  RECORDED,
  ['Si può giudicare', 'Can be judged'],
];
const SUMMARY: Message = [
  'Di {compared} stime che si possono giudicare, {in80} avevano il vero numero nell’intervallo all’80 %, {in95} in quello al 95 %.',
  'Of {compared} estimates that can be judged, {in80} had the true number within the 80 % interval, {in95} within the 95 % one.',
];
const NOTHING: Message = [
  'Nessuna di queste stime si può ancora giudicare.',
  'None of these estimates can be judged yet.',
];

const ID = 'backtest';

type Test = List<BacktestRow, BacktestTotals>;

const told = ({ eventuallyConverted: { compared, within80, within95 } }: BacktestTotals) =>
  compared === 0
    ? say(NOTHING)
    : say(SUMMARY, { compared: count(compared), in80: count(within80), in95: count(within95) });

/** How well the nowcast would have done. */
export function Backtest() {
  const path = useInView(ID) ? '/v1/hysteresis/nowcast/backtest' : null;
  const answer = useAnswerOnce<Test>(path, hysteresisParameters());
  return (
    <ChartCard
      id={ID}
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => draw(answer.data!)}
      below={() => <p class="notice">{told(answer.data!.totals)}</p>}
    />
  );
}

/** The marks of the chart, as they look in it. */
const legendOf = () => [
  { name: say(EXPECTED), icon: 'rect' },
  { name: say(RECORDED), icon: 'diamond' },
  { name: say(SO_FAR), icon: 'emptyDiamond' },
];

function draw({ items, totals }: Test): Drawing | undefined {
  if (items.length === 0) return undefined;
  const dot = { type: 'scatter', symbolSize: 9 } as const;
  const recorded = (name: string, symbol: string, shown: (row: BacktestRow) => boolean): Series => ({
    ...dot,
    name,
    symbol,
    symbolSize: 13,
    color: COLOURS.converted,
    data: items.map((row) => (shown(row) ? row.recordedEventually : null)),
    z: 7,
  });
  const series: Series[] = [
    intervalMarks(
      items.map(({ eventuallyConverted: e }) => (e.reason === null ? e : null)),
      COLOURS.before,
    ),
    {
      ...dot,
      name: say(EXPECTED),
      symbol: 'rect',
      color: COLOURS.muted,
      data: items.map(({ eventuallyConverted: { expected } }) => tenths(expected)),
      z: 6,
    },
    recorded(say(RECORDED), 'diamond', (row) => row.settled),
    recorded(say(SO_FAR), 'emptyDiamond', (row) => !row.settled),
  ];
  const shared = frame({});
  const one = { format: (value: number) => decimal(value, 1) };
  return {
    option: {
      ...shared,
      legend: { ...shared.legend, data: legendOf() },
      xAxis: categories(items.map(({ knownAt }) => dayName(knownAt.slice(0, 10), 'short'))),
      yAxis: values(),
      series,
    },
    table: {
      columns: COLUMNS.map((name, index) => ({ name: say(name), ...(index >= 2 && index <= 6 ? one : {}) })),
      rows: items.map(({ knownAt, pending, eventuallyConverted: e, recordedEventually, settled }) => [
        knownAt,
        pending,
        e.expected,
        e.low80,
        e.high80,
        e.low95,
        e.high95,
        recordedEventually,
        say(settled ? YES : NO),
      ]),
    },
    summary: told(totals),
  };
}
