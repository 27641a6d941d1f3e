import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type CurvePoint } from '../api/hysteresis-answers.js';
import { count } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { atRiskOn, HIDDEN } from './incidence.js';
import { narrow } from './narrow.js';
import { FONT, type Series } from './option.js';
import { COLOURS } from './palette.js';

const CAPTION: Message = ['Ancora seguiti e non passati (a rischio)', 'Still followed and open (at risk)'];

/** A curve with the name and the colour that it is drawn in. */
export interface RiskRow {
  readonly name: string;
  readonly colour: string;
  readonly curve: readonly CurvePoint[];
}

/** The days of the axis, and under which numbers stand; the last one is the end of the axis. */
export function axisDays(lastDay: number, most = narrow.value ? 4 : 8): number[] {
  const step = Math.max(30, Math.ceil(lastDay / most / 30) * 30);
  return Array.from({ length: Math.ceil(lastDay / step) + 1 }, (_, index) => index * step);
}

const AXIS_HEIGHT = 48;
const CAPTION_HEIGHT = 22;
const NAME_HEIGHT = 18;
const NUMBER_HEIGHT = 20;

/** Pixels that the axis and the numbers take under the curves. */
export function heightUnder(rows: readonly RiskRow[]): number {
  const names = rows.length > 1 ? NAME_HEIGHT : 0;
  return AXIS_HEIGHT + CAPTION_HEIGHT + rows.length * (names + NUMBER_HEIGHT);
}

/** The numbers at risk under the axis, each under its day. */
export function atRiskSeries(rows: readonly RiskRow[], days: readonly number[]): Series {
  const rowHeight = rows.length > 1 ? NAME_HEIGHT + NUMBER_HEIGHT : NUMBER_HEIGHT;
  const data = rows.flatMap((_, row) => days.map((day) => [day, row]));
  const renderItem: CustomSeriesRenderItem = (parameters, api) => {
    const [day = 0, row = 0] = data[parameters.dataIndex]!;
    const { name, colour, curve } = rows[row]!;
    const [x = 0, axis = 0] = api.coord([day, 0]);
    const top = axis + AXIS_HEIGHT + CAPTION_HEIGHT + row * rowHeight;
    const text = (
      content: string,
      at: number,
      y: number,
      fill: string,
      align: 'left' | 'center',
      weight = 400,
    ) => ({
      type: 'text' as const,
      silent: true,
      style: {
        text: content,
        x: at,
        y,
        fill,
        align,
        verticalAlign: 'top' as const,
        font: `${weight} 13px ${FONT}`,
      },
    });
    const first = day === 0;
    return {
      type: 'group',
      children: [
        ...(first && row === 0
          ? [text(say(CAPTION), 8, axis + AXIS_HEIGHT, COLOURS.muted, 'left', 600)]
          : []),
        ...(first && rows.length > 1 ? [text(name, 8, top, colour, 'left', 600)] : []),
        text(count(atRiskOn(curve, day)), x, top + rowHeight - NUMBER_HEIGHT, COLOURS.text, 'center'),
      ],
    };
  };
  return {
    type: 'custom',
    name: `${HIDDEN}at-risk`,
    renderItem,
    silent: true,
    data,
    encode: { x: 0 },
    tooltip: { show: false },
  };
}
