import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type Limits } from '../api/hysteresis-answers.js';
import { type Message, say } from '../i18n/language.js';
import { HIDDEN } from './incidence.js';
import { type Key } from './keys.js';
import { type Series } from './option.js';

const IN_80: Message = ['intervallo all’80 %', '80 % interval'];
const IN_95: Message = ['intervallo al 95 %', '95 % interval'];

export const intervalKeys = (colour: string): Key[] => [
  { name: say(IN_80), colour, shape: 'thick-interval' },
  { name: say(IN_95), colour, shape: 'thin-interval' },
];

/** At each place of an axis of names that has limits a thin line from low95 to high95 and a thick one from low80 to high80. */
export function intervalMarks(limits: readonly (Limits | null)[], colour: string): Series {
  const renderItem: CustomSeriesRenderItem = (parameters, api) => {
    const own = limits[parameters.dataIndex];
    if (!own) return { type: 'group', children: [] };
    const { low80, high80, low95, high95 } = own;
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
    data: limits.map((own, index) => [index, own?.low95 ?? NaN, own?.high95 ?? NaN]),
  };
}

/** The limits moved by a number that is known for certain. */
export function shifted({ low80, high80, low95, high95 }: Limits, by: number): Limits {
  return { low80: low80 + by, high80: high80 + by, low95: low95 + by, high95: high95 + by };
}
