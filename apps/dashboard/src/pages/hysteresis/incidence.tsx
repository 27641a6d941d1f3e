import { type List } from '../../api/answers.js';
import { type HysteresisRow } from '../../api/hysteresis-answers.js';
import { type Answer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { curveSeries, incidenceInterval, lastDrawnDay } from '../../charts/incidence.js';
import { COLOURS } from '../../charts/palette.js';
import { count, decimal, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { CONVERTED, LOST } from '../../i18n/words.js';
import { curveKeys, incidenceChart } from './incidence-chart.js';
import { aboutHysteresis, isNet } from './question.js';

const TITLE: Message = ['Quanto ci vuole', 'How long it takes'];
const EXPLANATION: Message = [
  'Quota delle persone seguite che dopo tanti giorni è passata o si è persa (incidenza cumulata, Aalen–Johansen), con l’intervallo al 95 %. I trattini verticali segnano fin dove è seguito chi è in sospeso.',
  'Share of the people followed that had converted or was lost after so many days (cumulative incidence, Aalen–Johansen), with its 95 % interval. Vertical ticks mark how far those still pending have been followed.',
];
const NET_NOTE: Message = [
  ' Contano solo i giorni in cui il passo successivo era aperto.',
  ' Only days on which the next step was open count.',
];
const COLUMNS: readonly Message[] = [
  ['Giorno', 'Day'],
  ['A rischio', 'At risk'],
  ['Passati', 'Converted'],
  ['Persi', 'Lost'],
  ['Seguiti fin qui', 'Censored'],
  ['Passati %', 'Converted %'],
  ['da', 'low'],
  ['a', 'high'],
  ['Persi %', 'Lost %'],
];
const SUMMARY: Message = [
  'Dopo {days} giorni era passato il {converted} e si era perso il {lost}.',
  'After {days} days {converted} had converted and {lost} was lost.',
];
const FOLLOWED: Message = ['Seguiti', 'Followed'];

export function Incidence({ answer }: { readonly answer: Answer<List<HysteresisRow>> }) {
  const curve = answer.data?.totals.curve ?? answer.data?.items[0]?.curve ?? [];
  const lastDay = lastDrawnDay([curve]);
  return (
    <ChartCard
      id="incidence"
      title={say(TITLE)}
      explanation={say(EXPLANATION) + (isNet() ? say(NET_NOTE) : '')}
      answers={[answer]}
      draw={draw}
      about={aboutHysteresis()}
    />
  );

  function draw(): Drawing | undefined {
    if (curve.length === 0) return undefined;
    const last = curve.findLast(({ day }) => day <= lastDay);
    const series = [
      ...curveSeries(curve, 'converted', lastDay, { name: say(CONVERTED), colour: COLOURS.converted }),
      ...curveSeries(curve, 'lost', lastDay, { name: say(LOST), colour: COLOURS.lost, dashed: true }),
    ];
    const share = { format: (value: number) => decimal(value, 2) };
    return {
      ...incidenceChart(series, [{ name: say(FOLLOWED), colour: COLOURS.text, curve }], lastDay),
      keys: curveKeys(COLOURS.converted),
      table: {
        columns: COLUMNS.map((name, index) => ({ name: say(name), ...(index > 4 ? share : {}) })),
        rows: curve.map((point) => {
          const [low, high] = incidenceInterval(point.cifConverted, point.seConverted);
          const { day, atRisk, converted, lost, censored, cifConverted, cifLost } = point;
          return [
            day,
            atRisk,
            converted,
            lost,
            censored,
            100 * cifConverted,
            100 * low,
            100 * high,
            100 * cifLost,
          ];
        }),
      },
      summary: say(SUMMARY, {
        days: count(lastDay),
        converted: percent(100 * (last?.cifConverted ?? 0)),
        lost: percent(100 * (last?.cifLost ?? 0)),
      }),
    };
  }
}
