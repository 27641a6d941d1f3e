import { type List } from '../../api/answers.js';
import { type NoForecast, type NowcastRow, type WithWarnings } from '../../api/hysteresis-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { intervalKeys, intervalMarks, shifted } from '../../charts/interval-marks.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS, faded } from '../../charts/palette.js';
import { count, decimal, monthName, tenths } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH, TOTAL } from '../../i18n/words.js';
import { period } from '../../state/period.js';
import { NowcastWarnings } from './nowcast-warnings.js';
import { aboutHysteresis, hysteresisParameters } from './question.js';

const TITLE: Message = ['Quanti passeranno ancora', 'How many will still convert'];
const EXPLANATION: Message = [
  'Per mese d’ingresso: chi risulta passato, e quanti di chi è in sospeso passeranno secondo la stima. La linea spessa contiene il vero numero 80 volte su 100, quella sottile 95.',
  'By month of entry: who is recorded as converted, and how many of the pending are expected to convert in the end. The thick line holds the true number 80 times of 100, the thin one 95.',
];
const HINT: Message = [
  'Con tutto ciò che è noto oggi è rimasto poco da stimare: si sposti la data di conoscenza indietro, per esempio alla fine dell’anno.',
  'With all that is known today little is left to estimate: move the date of knowledge back, for example to the end of the year.',
];
const RECORDED: Message = ['Passati, registrati', 'Converted, recorded'];
const EXPECTED: Message = ['Attesi ancora', 'Expected still'];
const COLUMNS: readonly Message[] = [
  MONTH,
  ['Seguiti', 'Followed'],
  RECORDED,
  ['In sospeso', 'Pending'],
  ['Già passati ma non registrati', 'Already converted, not recorded'],
  ['Già persi ma non registrati', 'Already lost, not recorded'],
  ['Passeranno in tutto', 'Will convert in the end'],
  ['80 % da', '80 % low'],
  ['80 % a', '80 % high'],
  ['95 % da', '95 % low'],
  ['95 % a', '95 % high'],
];
const SUMMARY: Message = [
  'Di {pending} in sospeso se ne attendono {expected} (95 %: da {low} a {high}).',
  'Of {pending} pending {expected} are expected to convert (95 %: {low} to {high}).',
];

const NO_SUMMARY: Message = ['In sospeso: {pending}. {reason}', 'Pending: {pending}. {reason}'];
const NO_FORECAST: Readonly<Record<NoForecast, Message>> = {
  too_few_conversions: [
    'Nessuna stima: finora sono passate meno di 20 persone, o quelle di meno di quattro mesi d’ingresso.',
    'No estimate: so far fewer than 20 people have converted, or those of fewer than four months of entry.',
  ],
  too_few_losses: [
    'Nessuna stima: finora risultano perse meno di 20 persone, o quelle di meno di quattro mesi d’ingresso.',
    'No estimate: so far fewer than 20 people are recorded as lost, or those of fewer than four months of entry.',
  ],
  no_mature_cohort: [
    'Nessuna stima: anche di chi è entrato per primo passano ancora troppi per dire quanti saranno alla fine.',
    'No estimate: even of those who entered first too many still convert to tell how many it will be in the end.',
  ],
  beyond_horizon: [
    'Nessuna stima: chi è in sospeso aspetta da più tempo di quanto si sia finora osservato.',
    'No estimate: the pending have waited for longer than anybody was watched so far.',
  ],
};

/** What is to be expected of those who are pending. */
export function Nowcast() {
  const answer = useAnswer<List<NowcastRow, Omit<NowcastRow, 'month'>> & WithWarnings>(
    '/v1/hysteresis/nowcast',
    hysteresisParameters(),
  );
  return (
    <ChartCard
      id="nowcast"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      about={aboutHysteresis()}
      draw={draw}
      below={below}
    />
  );

  function below() {
    const { reason } = answer.data!.totals.eventuallyConverted;
    return (
      <>
        {reason && <p class="notice">{say(NO_FORECAST[reason])}</p>}
        <NowcastWarnings of={answer.data} />
        {period.value.knownAt === null && <p class="notice">{say(HINT)}</p>}
      </>
    );
  }

  function draw(): Drawing | undefined {
    const { items, totals } = answer.data!;
    const rows = items.filter(({ size }) => size > 0);
    if (rows.length === 0) return undefined;
    const one = { format: (value: number) => decimal(value, 1) };
    return {
      option: nowcastOption(rows),
      keys: intervalKeys(COLOURS.text),
      table: {
        columns: COLUMNS.map((name, index) => ({
          name: say(name),
          ...(index === 0 ? { text: monthName } : index >= 4 ? one : {}),
        })),
        rows: rows.map((row) => tableRow(row.month, row)),
        total: tableRow(say(TOTAL), totals),
      },
      summary: summaryOf(totals),
    };
  }
}

function summaryOf({ pending, eventuallyConverted }: Omit<NowcastRow, 'month'>): string {
  const { expected, low95, high95, reason } = eventuallyConverted;
  if (reason !== null) return say(NO_SUMMARY, { pending: count(pending), reason: say(NO_FORECAST[reason]) });
  return say(SUMMARY, {
    pending: count(pending),
    expected: decimal(expected, 0),
    low: decimal(low95, 0),
    high: decimal(high95, 0),
  });
}

function tableRow(name: string, row: Omit<NowcastRow, 'month'>) {
  const { size, converted, pending, alreadyConverted, alreadyLost, eventuallyConverted } = row;
  const { expected, low80, high80, low95, high95 } = eventuallyConverted;
  return [
    name,
    size,
    converted,
    pending,
    alreadyConverted.expected,
    alreadyLost.expected,
    expected,
    low80,
    high80,
    low95,
    high95,
  ];
}

function nowcastOption(rows: readonly NowcastRow[]) {
  const bars = { type: 'bar', stack: 'people', barMaxWidth: 36 } as const;
  const series: Series[] = [
    {
      ...bars,
      name: say(RECORDED),
      itemStyle: { color: COLOURS.converted },
      data: rows.map(({ converted }) => converted),
    },
    {
      ...bars,
      name: say(EXPECTED),
      itemStyle: {
        color: faded(COLOURS.converted, 0.3),
        borderColor: COLOURS.converted,
        borderType: 'dashed',
      },
      data: rows.map(({ eventuallyConverted: { expected } }) => tenths(expected)),
    },
    intervalMarks(
      rows.map(({ converted, eventuallyConverted: e }) => (e.reason === null ? shifted(e, converted) : null)),
      COLOURS.text,
    ),
  ];
  const shared = frame({});
  return {
    ...shared,
    xAxis: categories(rows.map(({ month }) => monthName(month))),
    yAxis: values(),
    series,
  };
}
