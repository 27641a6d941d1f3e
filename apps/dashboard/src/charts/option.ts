import {
  type BarSeriesOption,
  type CustomSeriesOption,
  type LineSeriesOption,
  type ScatterSeriesOption,
} from 'echarts/charts';
import {
  type GraphicComponentOption,
  type GridComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption } from 'echarts/core';
import { count } from '../i18n/format.js';
import { narrow } from './narrow.js';
import { COLOURS } from './palette.js';
import { tooltip } from './tooltip.js';

/** What a chart may be made of. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | GraphicComponentOption
  | TooltipComponentOption
>;
export type Series = Exclude<ChartOption['series'], readonly unknown[] | undefined>;

/** In single quotes: an SVG has it in an attribute, whose double quotes it would end. */
export const FONT = "'Titillium Web', Geneva, Tahoma, sans-serif";

/** What all charts have in common. */
export function frame(own: ChartOption): ChartOption {
  return {
    textStyle: { fontFamily: FONT, color: COLOURS.text, fontSize: 14 },
    animationDuration: 250,
    animationDurationUpdate: 250,
    grid: {
      left: 8,
      right: 16,
      top: 12,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: tooltip(),
    ...own,
  };
}

type AnyAxis = NonNullable<ChartOption['xAxis']>;
/** Fits either direction. */
type AxisOption = Omit<Extract<AnyAxis, { type?: 'category' }>, 'mainType'>;
type ValueAxisOption = Omit<Extract<AnyAxis, { type?: 'value' }>, 'mainType'>;

/** How wide names beside a chart may be: less where the screen is narrow. */
export const nameWidth = (): number => (narrow.value ? 104 : 190);

/** An axis of names beside the chart, the first one on top. */
export function namesBeside(names: readonly string[]): AxisOption {
  const axisLabel = { width: nameWidth(), overflow: 'break', interval: 0 } as const;
  return categories(names, { inverse: true, axisLabel });
}

/** An axis of names. */
export function categories(names: readonly string[], own: Partial<AxisOption> = {}): AxisOption {
  return {
    type: 'category',
    data: [...names],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: COLOURS.muted } },
    ...own,
    axisLabel: {
      color: COLOURS.text,
      fontFamily: FONT,
      fontSize: 13,
      lineHeight: 15,
      hideOverlap: true,
      ...own.axisLabel,
    },
  };
}

/** An axis of counts. */
export function values(own: Partial<ValueAxisOption> = {}): ValueAxisOption {
  return {
    type: 'value',
    splitLine: { lineStyle: { color: COLOURS.line } },
    splitNumber: narrow.value ? 3 : 5,
    ...own,
    axisLabel: {
      color: COLOURS.muted,
      fontFamily: FONT,
      fontSize: 13,
      hideOverlap: true,
      formatter: (value: number) => count(value),
      ...own.axisLabel,
    },
  };
}
