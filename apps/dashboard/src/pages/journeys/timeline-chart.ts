import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type Fact } from '../../api/people-answers.js';
import { dayName, instantName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { type ChartOption, categories, FONT, frame } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { tooltipElement } from '../../charts/tooltip.js';

export const OCCURRED: Message = ['Avvenuto', 'Occurred'];
export const RECORDED: Message = ['Registrato', 'Recorded'];

/** A line for each fact, from when it happened to when it became known. */
export function timelineOption(facts: readonly Fact[], names: readonly string[]): ChartOption {
  const renderItem: CustomSeriesRenderItem = (parameters, api) => {
    const [x1 = 0, y = 0] = api.coord([api.value(0), parameters.dataIndex]);
    const [x2 = 0] = api.coord([api.value(1), parameters.dataIndex]);
    return {
      type: 'line',
      shape: { x1, y1: y, x2, y2: y },
      style: { stroke: COLOURS.pending, lineWidth: 3 },
    };
  };
  const tip = ({ dataIndex }: { dataIndex: number }) =>
    tooltipElement(names[dataIndex]!, [
      { name: say(OCCURRED), value: instantName(facts[dataIndex]!.time), colour: COLOURS.converted },
      { name: say(RECORDED), value: instantName(facts[dataIndex]!.recordedtime), colour: COLOURS.pending },
    ]);
  const time = (fact: Fact) => Date.parse(fact.time);
  const recorded = (fact: Fact) => Date.parse(fact.recordedtime);
  const shared = frame({});
  return {
    ...shared,
    legend: { ...shared.legend, icon: 'inherit', data: [say(OCCURRED), say(RECORDED)] },
    tooltip: { trigger: 'item', confine: true, formatter: tip as never },
    xAxis: {
      type: 'time',
      axisLabel: {
        color: COLOURS.muted,
        fontFamily: FONT,
        hideOverlap: true,
        formatter: (value: number) => dayName(new Date(value).toISOString().slice(0, 10), 'short'),
      },
    },
    yAxis: categories(names, { inverse: true, axisLabel: { color: COLOURS.text, interval: 0 } }),
    series: [
      {
        type: 'custom',
        name: '\u0000delay',
        renderItem,
        data: facts.map((fact, index) => [time(fact), recorded(fact), index]),
        encode: { x: [0, 1], y: 2 },
        silent: true,
      },
      {
        type: 'scatter',
        name: say(OCCURRED),
        symbol: 'circle',
        symbolSize: 12,
        color: COLOURS.converted,
        data: facts.map((fact, index) => [time(fact), index]),
        z: 4,
      },
      {
        type: 'scatter',
        name: say(RECORDED),
        symbol: 'diamond',
        symbolSize: 10,
        color: COLOURS.pending,
        data: facts.map((fact, index) => [recorded(fact), index]),
        z: 3,
      },
    ],
  };
}
