import { type TooltipComponentOption } from 'echarts/components';
import { count } from '../i18n/format.js';

interface Point {
  readonly seriesName?: string;
  readonly name?: string;
  readonly color?: unknown;
  readonly value?: unknown;
  readonly axisValueLabel?: string;
}

export interface TooltipLine {
  readonly name: string;
  readonly value: string;
  readonly colour?: string;
}

/** What a tooltip shows, made of elements: styles written into markup are not allowed on this page. */
export function tooltipElement(title: string, lines: readonly TooltipLine[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'tip';
  const head = document.createElement('strong');
  head.textContent = title;
  element.append(head);
  for (const { name, value, colour } of lines) {
    const line = document.createElement('div');
    const dot = document.createElement('span');
    dot.className = 'tip-dot';
    if (colour) dot.style.background = colour;
    const number = document.createElement('b');
    number.textContent = value;
    line.append(dot, name, number);
    element.append(line);
  }
  return element;
}

const numberOf = (value: unknown): number | null => {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === 'number' ? one : null;
};

/** A tooltip with the values of all series at a place of the axis. */
export function tooltip(format: (value: number) => string = count): TooltipComponentOption {
  return {
    trigger: 'axis',
    axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(23, 50, 77, 0.06)' } },
    confine: true,
    borderWidth: 1,
    formatter: (given: unknown) => {
      const points = ([] as Point[]).concat(given as Point | Point[]);
      const lines = points.flatMap(({ seriesName = '', value, color }) => {
        const number = numberOf(value);
        if (number === null || seriesName.startsWith('\u0000')) return [];
        return [
          {
            name: seriesName,
            value: format(number),
            ...(typeof color === 'string' ? { colour: color } : {}),
          },
        ];
      });
      return tooltipElement(points[0]?.axisValueLabel ?? points[0]?.name ?? '', lines);
    },
  };
}
