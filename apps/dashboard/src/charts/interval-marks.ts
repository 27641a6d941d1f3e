import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type Expected } from '../api/hysteresis-answers.js';
import { HIDDEN } from './incidence.js';
import { type Series } from './option.js';

/** At each place of an axis of names a thin line from low95 to high95 and a thick one from low80 to high80. */
export function intervalMarks(limits: readonly Expected[], colour: string): Series {
  const renderItem: CustomSeriesRenderItem = (parameters, api) => {
    const { low80, high80, low95, high95 } = limits[parameters.dataIndex]!;
    const line = (low: number, high: number, lineWidth: number) => {
      const [x1 = 0, y1 = 0] = api.coord([parameters.dataIndex, low]);
      const [x2 = 0, y2 = 0] = api.coord([parameters.dataIndex, high]);
      return { type: 'line' as const, shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth } };
    };
    return { type: 'group', children: [line(low95, high95, 1.5), line(low80, high80, 5)] };
  };
  return {
    type: 'custom',
    name: `${HIDDEN}interval`,
    renderItem,
    silent: true,
    z: 5,
    encode: { x: 0, y: [1, 2] },
    data: limits.map(({ low95, high95 }, index) => [index, low95, high95]),
  };
}

/** The limits moved by a number that is known for certain. */
export function shifted(limits: Expected, by: number): Expected {
  return {
    expected: limits.expected + by,
    low80: limits.low80 + by,
    high80: limits.high80 + by,
    low95: limits.low95 + by,
    high95: limits.high95 + by,
  };
}
