import { HIDDEN } from './incidence.js';
import { hatchLines, heatColour } from './heat-map.js';
import { type ChartOption, type Series } from './option.js';
import { COLOURS } from './palette.js';

export type KeyShape =
  | 'square'
  | 'outlined'
  | 'line'
  | 'dashed'
  | 'circle'
  | 'rect'
  | 'diamond'
  | 'hollow-diamond'
  | 'tick'
  | 'thin-interval'
  | 'thick-interval'
  | 'hatched'
  | 'ramp';

/** What a mark of a drawing stands for. */
export interface Key {
  readonly name: string;
  readonly colour: string;
  readonly shape: KeyShape;
}

/** A piece of the picture of a key, in pixels from its upper left corner. */
export type KeyMark =
  | {
      readonly kind: 'rect';
      readonly box: readonly [x: number, y: number, width: number, height: number];
      readonly fill: string;
      readonly stroke?: string;
      readonly dashed?: boolean;
    }
  | { readonly kind: 'circle'; readonly fill: string }
  | {
      readonly kind: 'polygon';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly fill: string;
      readonly stroke: string;
    }
  | {
      readonly kind: 'line';
      readonly ends: readonly [x1: number, y1: number, x2: number, y2: number];
      readonly stroke: string;
      readonly width: number;
      readonly dashed?: boolean;
    };

export const KEY_HEIGHT = 14;
const RAMP_STEPS = 6;
export const keyWidth = ({ shape }: Key): number => (shape === 'ramp' ? RAMP_STEPS * KEY_HEIGHT : 18);

const DIAMOND = [
  [9, 0],
  [16, 7],
  [9, 14],
  [2, 7],
] as const;

/** What a key looks like; the page and a saved picture draw the same. */
export function keyMarks({ shape, colour }: Key): KeyMark[] {
  const rect = (x: number, y: number, width: number, height: number): KeyMark => ({
    kind: 'rect',
    box: [x, y, width, height],
    fill: colour,
  });
  const line = (dashed: boolean): KeyMark => ({
    kind: 'line',
    ends: [0, 7, 18, 7],
    stroke: colour,
    width: 3,
    dashed,
  });
  switch (shape) {
    case 'square':
      return [rect(2, 0, 14, 14)];
    case 'outlined':
      return [
        { kind: 'rect', box: [2.5, 0.5, 13, 13], fill: colour, stroke: COLOURS.converted, dashed: true },
      ];
    case 'line':
      return [line(false)];
    case 'dashed':
      return [line(true)];
    case 'circle':
      return [{ kind: 'circle', fill: colour }];
    case 'rect':
      return [rect(5, 3, 8, 8)];
    case 'diamond':
      return [{ kind: 'polygon', points: DIAMOND, fill: colour, stroke: colour }];
    case 'hollow-diamond':
      return [{ kind: 'polygon', points: DIAMOND, fill: '#ffffff', stroke: colour }];
    case 'tick':
      return [{ kind: 'line', ends: [0, 7, 18, 7], stroke: colour, width: 1.5 }, rect(8, 1, 2, 12)];
    case 'thin-interval':
      return [rect(8, 0, 1.5, 14)];
    case 'thick-interval':
      return [rect(6.5, 0, 5, 14)];
    case 'hatched':
      return [
        { kind: 'rect', box: [2, 0, 14, 14], fill: heatColour(0.3) },
        ...hatchLines({ x: 2, y: 0, width: 14, height: 14 }).map((ends): KeyMark => ({
          kind: 'line',
          ends: ends as [number, number, number, number],
          stroke: COLOURS.text,
          width: 1,
        })),
      ];
    case 'ramp':
      return Array.from({ length: RAMP_STEPS }, (_, index): KeyMark => ({
        kind: 'rect',
        box: [index * KEY_HEIGHT, 0, KEY_HEIGHT, KEY_HEIGHT],
        fill: heatColour(index / (RAMP_STEPS - 1)),
      }));
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

const SYMBOLS: Readonly<Record<string, KeyShape>> = {
  circle: 'circle',
  rect: 'rect',
  diamond: 'diamond',
  emptyDiamond: 'hollow-diamond',
};

interface Looks {
  readonly color?: unknown;
  readonly symbol?: unknown;
  readonly itemStyle?: { readonly color?: unknown; readonly borderType?: unknown };
  readonly lineStyle?: { readonly type?: unknown };
}

function shapeOf(type: unknown, { symbol, itemStyle, lineStyle }: Looks): KeyShape {
  if (type === 'scatter') return SYMBOLS[textOf(symbol) ?? 'circle'] ?? 'circle';
  if (type === 'line') return lineStyle?.type === 'dashed' ? 'dashed' : 'line';
  return itemStyle?.borderType === 'dashed' ? 'outlined' : 'square';
}

function keyOf({ name, type, ...looks }: Series): Key[] {
  if (typeof name !== 'string' || name.startsWith(HIDDEN)) return [];
  const { color, itemStyle } = looks as Looks;
  const colour = textOf(itemStyle?.color) ?? textOf(color);
  return colour === undefined ? [] : [{ name, colour, shape: shapeOf(type, looks) }];
}

/** The keys of a drawing: its series that have a name and a colour, as they look, and what else it draws. */
export function keysOf({ series = [] }: ChartOption, others: readonly Key[] = []): Key[] {
  return [...[series].flat().flatMap(keyOf), ...others];
}
