import { type List } from '../../api/answers.js';
import { type BacktestRow, type BacktestTotals } from '../../api/hysteresis-answers.js';
import { useAnswerOnce } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { intervalKeys, intervalMarks } from '../../charts/interval-marks.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { useInView } from '../../charts/use-in-view.js';
import { count, dayName, decimal, tenths } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { change } from '../../state/address.js';
import { aboutHysteresis, hysteresisParameters, isNet } from './question.js';

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
  ['In sospeso', 'Pending'],
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
const SUSPENSIONS: Message = [
  'La stima su tutti i giorni non sa quando un servizio è stato sospeso: chi aspettava durante una chiusura sembra perso, e passa dopo la ripresa.',
  'The estimate over all days does not know when a service was suspended: who waited during a closure seems lost, and converts after it.',
];
const SHOW_NET: Message = ['Stima senza le sospensioni', 'Estimate net of suspensions'];
const NO_MORE: Message = [
  'Dopo il {day} nessuno era più in sospeso: non c’era nulla da stimare.',
  'After {day} nobody was pending any more: there was nothing to estimate.',
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

/** The months up to the last one at whose end somebody was pending: after it there was nothing to estimate. */
export function monthsWithPending<R extends Pick<BacktestRow, 'pending'>>(items: readonly R[]): readonly R[] {
  return items.slice(0, items.findLastIndex(({ pending }) => pending > 0) + 1);
}

function Told({ test: { items, totals } }: { readonly test: Test }) {
  const last = monthsWithPending(items).at(-1);
  const missed = totals.eventuallyConverted.within95 < totals.eventuallyConverted.compared;
  return (
    <>
      <p class="notice">
        {told(totals)}
        {missed && !isNet() && (
          <>
            {' '}
            {say(SUSPENSIONS)}{' '}
            <button type="button" class="button-link" onClick={() => change({ net: 'true' })}>
              {say(SHOW_NET)}
            </button>
          </>
        )}
      </p>
      {last && last !== items.at(-1) && (
        <p class="notice">{say(NO_MORE, { day: dayName(last.knownAt.slice(0, 10)) })}</p>
      )}
    </>
  );
}

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
      about={aboutHysteresis()}
      draw={() => draw(answer.data!)}
      below={() => <Told test={answer.data!} />}
    />
  );
}

function draw({ items: all, totals }: Test): Drawing | undefined {
  const items = monthsWithPending(all);
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
    keys: intervalKeys(COLOURS.before),
    summary: told(totals),
  };
}
