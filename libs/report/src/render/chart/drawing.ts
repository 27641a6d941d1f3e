import { element, type Content, type Markup } from '../markup.js';

/** Size of a chart in its own unit, which is some 0.26 mm on paper. */
export const WIDTH = 720;
export const FONT = 11;

/** Colours that are told apart also by people who see few of them, and by how dark they are. */
const COLOURS = ['#0b5394', '#e69f00', '#009e73', '#b03a66', '#56b4e9', '#6b5b95', '#7f7f7f'];
export const colourOf = (index: number) => COLOURS[index % COLOURS.length]!;

export const INK = '#1b2733';
const PALE = '#c9d1d9';

const rounded = (value: number) => Math.round(value * 10) / 10;

export function line(x1: number, y1: number, x2: number, y2: number, colour = PALE): Markup {
  const [a, b, c, d] = [x1, y1, x2, y2].map(rounded);
  return element('line', { x1: a, y1: b, x2: c, y2: d, stroke: colour, 'stroke-width': 1 });
}

export function rect(x: number, y: number, width: number, height: number, fill: string): Markup {
  return element('rect', {
    x: rounded(x),
    y: rounded(y),
    width: rounded(width),
    height: rounded(Math.max(height, 0)),
    fill,
  });
}

export interface LabelOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly fill?: string;
  /** Turned upwards. */
  readonly upright?: boolean;
  readonly weight?: 'bold';
  /** Stands out from what lies below. */
  readonly halo?: boolean;
}

/** A text whose middle line is at `y`. */
export function label(x: number, y: number, text: string, options: LabelOptions = {}): Markup {
  const { anchor = 'start', size = FONT, fill = INK, upright = false, weight, halo = false } = options;
  return element(
    'text',
    {
      x: rounded(x),
      y: rounded(y),
      dy: '0.35em',
      'text-anchor': anchor,
      'font-size': size === FONT ? undefined : size,
      'font-weight': weight,
      fill,
      transform: upright ? `rotate(-90 ${rounded(x)} ${rounded(y)})` : undefined,
      ...(halo ? { stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke' } : {}),
    },
    text,
  );
}

/** A line through points; where one is missing it breaks off. */
export function path(points: readonly (readonly [number, number] | null)[], colour: string): Markup {
  let pen = 'M';
  const steps = points.map((point) => {
    const step = point === null ? '' : `${pen}${rounded(point[0])} ${rounded(point[1])}`;
    pen = point === null ? 'M' : 'L';
    return step;
  });
  return element('path', { d: steps.join(''), fill: 'none', stroke: colour, 'stroke-width': 1.5 });
}

export function diamond(x: number, y: number, fill: string): Markup {
  const [cx, cy] = [rounded(x), rounded(y)];
  return element('path', { d: `M${cx} ${cy - 5}l5 5l-5 5l-5 -5z`, fill, stroke: '#fff', 'stroke-width': 1 });
}

export function drawing(title: string, height: number, ...content: readonly Content[]): Markup {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`,
      'font-size': FONT,
      'font-family': 'system-ui, "Liberation Sans", Arial, sans-serif',
    },
    element('title', {}, title),
    ...content,
  );
}
