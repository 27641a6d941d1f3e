import { type Series, type ValueFormat } from '../../document.js';
import { type Language } from '../../document.js';
import { type Markup } from '../markup.js';
import { shownValue } from '../shown-value.js';
import { FONT, INK, label, line, WIDTH } from './drawing.js';
import { ticksTo } from './scale.js';

/** Room for the numbers beside a plot. */
export const MARGIN = 46;

/** A scale of values, from the ground line of a plot upwards. */
export interface Axis {
  readonly series: readonly Series[];
  readonly ticks: readonly number[];
  /** Height over the ground line. */
  readonly at: (value: number) => number;
}

export interface AxisSize {
  /** Of the plot, in the unit of the drawing. */
  readonly height: number;
  readonly mostSteps?: number;
}

/** The axis of all series that have it on this side. */
export function axisOf(
  all: readonly Series[],
  side: Series['axis'],
  { height, mostSteps }: AxisSize,
): Axis | undefined {
  const series = all.filter(({ axis }) => axis === side);
  if (series.length === 0) return undefined;
  const highest = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const ticks = ticksTo(highest, mostSteps);
  const most = ticks.at(-1)!;
  return { series, ticks, at: (value) => (value / most) * height };
}

/** Marks of an axis have no decimals. */
export const tickFormat = (format: ValueFormat | undefined): ValueFormat =>
  format === 'percent' ? 'wholePercent' : (format ?? 'integer');

export interface AxisPlace {
  readonly ground: number;
  /** Where the plot ends on the right. */
  readonly end: number;
  readonly side: Series['axis'];
  /** Whether lines lead through the plot. */
  readonly grid: boolean;
  readonly lang: Language;
}

/** The numbers of an axis, and the lines of the grid. */
export function axisMarks({ series, ticks, at }: Axis, place: AxisPlace): Markup[] {
  const { ground, end, side, grid, lang } = place;
  const format = tickFormat(series[0]?.format);
  const [x, anchor] = side === 'left' ? ([MARGIN - 6, 'end'] as const) : ([end + 6, 'start'] as const);
  return ticks.flatMap((tick) => {
    const y = ground - at(tick);
    const number = label(x, y, shownValue(tick, format, lang), { anchor });
    return grid ? [line(MARGIN, y, end, y, tick === 0 ? INK : undefined), number] : [number];
  });
}

const PALE_INK = '#5b6b7b';

/** What an axis counts, over its highest number. */
export function axisTitle(text: string, y: number, side: Series['axis']): Markup {
  const at = side === 'left' ? { x: 0, anchor: 'start' as const } : { x: WIDTH, anchor: 'end' as const };
  return label(at.x, y, text, { anchor: at.anchor, size: FONT - 1.5, fill: PALE_INK });
}

/** What lying bars count, below their numbers. */
export const groundTitle = (text: string, x: number, y: number): Markup =>
  label(x, y, text, { anchor: 'middle', size: FONT - 1.5, fill: PALE_INK });
