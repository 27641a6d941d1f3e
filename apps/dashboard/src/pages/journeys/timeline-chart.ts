import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type Fact } from '../../api/people-answers.js';
import { dayName, instantName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { HIDDEN } from '../../charts/incidence.js';
import { type ChartOption, FONT, frame, namesBeside, type Series } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { tooltipElement } from '../../charts/tooltip.js';

export const OCCURRED: Message = ['Avvenuto', 'Occurred'];
export const RECORDED: Message = ['Registrato', 'Recorded'];

/** From when a fact happened to when it became known. */
const delayLine: CustomSeriesRenderItem = (parameters, api) => {
  const [x1 = 0, y = 0] = api.coord([api.value(0), parameters.dataIndex]);
  const [x2 = 0] = api.coord([api.value(1), parameters.dataIndex]);
  return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: COLOURS.pending, lineWidth: 3 } };
};

const time = (fact: Fact) => Date.parse(fact.time);
const recorded = (fact: Fact) => Date.parse(fact.recordedtime);

function timelineSeries(facts: readonly Fact[]): Series[] {
  const dot = (name: Message, color: string, read: (fact: Fact) => number, own: object): Series => ({
    type: 'scatter',
    name: say(name),
    color,
    data: facts.map((fact, index) => [read(fact), index]),
    ...own,
  });
  return [
    {
      type: 'custom',
      name: `${HIDDEN}delay`,
      renderItem: delayLine,
      data: facts.map((fact, index) => [time(fact), recorded(fact), index]),
      encode: { x: [0, 1], y: 2 },
      silent: true,
    },
    dot(OCCURRED, COLOURS.converted, time, { symbol: 'circle', symbolSize: 12, z: 4 }),
    dot(RECORDED, COLOURS.pending, recorded, { symbol: 'diamond', symbolSize: 11, z: 3 }),
  ];
}

/** A line for each fact of a person, in the order in which they happened. */
export function timelineOption(facts: readonly Fact[], names: readonly string[]): ChartOption {
  const tip = ({ dataIndex }: { dataIndex: number }) =>
    tooltipElement(names[dataIndex]!, [
      { name: say(OCCURRED), value: instantName(facts[dataIndex]!.time), colour: COLOURS.converted },
      { name: say(RECORDED), value: instantName(facts[dataIndex]!.recordedtime), colour: COLOURS.pending },
    ]);
  return frame({
    tooltip: { trigger: 'item', confine: true, formatter: tip as never },
    xAxis: {
      type: 'time',
      axisLabel: {
        color: COLOURS.muted,
        fontFamily: FONT,
        fontSize: 13,
        hideOverlap: true,
        formatter: (value: number) => dayName(new Date(value).toISOString().slice(0, 10), 'short'),
      },
    },
    yAxis: namesBeside(names),
    series: timelineSeries(facts),
  });
}
