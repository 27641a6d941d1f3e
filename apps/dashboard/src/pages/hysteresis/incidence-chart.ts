import { atRiskSeries, axisDays, heightUnder, type RiskRow } from '../../charts/at-risk.js';
import { type Key } from '../../charts/keys.js';
import { narrow } from '../../charts/narrow.js';
import { type ChartOption, frame, type Series, values } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { tooltip } from '../../charts/tooltip.js';
import { count, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';

const DAYS_AFTER: Message = ['giorni dall’ingresso', 'days after the entry'];
const CENSORED: Message = ['in sospeso, seguito fin qui', 'pending, followed so far'];
const BAND: Message = ['intervallo al 95 %', '95 % interval'];
const CURVES_HEIGHT = 350;

/** What curves are drawn with beside their lines. */
export const curveKeys = (colour: string): Key[] => [
  { name: say(CENSORED), colour, shape: 'tick' },
  { name: say(BAND), colour: `${colour}2e`, shape: 'square' },
];

/** Curves over the days since the entry, in percent of the cohort, and the numbers at risk under them. */
export function incidenceChart(series: readonly Series[], rows: readonly RiskRow[], lastDay: number) {
  const days = axisDays(lastDay);
  const under = heightUnder(rows);
  const shared = frame({});
  const option: ChartOption = {
    ...shared,
    tooltip: { ...tooltip((value) => percent(value)), axisPointer: { type: 'line' } },
    xAxis: values({
      min: 0,
      max: days.at(-1)!,
      interval: days[1]!,
      name: say(DAYS_AFTER),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: COLOURS.muted },
      splitLine: { show: false },
      axisPointer: { label: { formatter: ({ value }) => count(Number(value)) } },
    }),
    yAxis: values({
      min: 0,
      max: 100,
      interval: narrow.value ? 25 : 20,
      axisLabel: { formatter: (value: number) => `${value} %` },
    }),
    grid: { left: 52, right: 24, top: 12, bottom: under, outerBoundsMode: 'none' },
    series: [...series, atRiskSeries(rows, days)],
  };
  return { option, height: CURVES_HEIGHT + under };
}
