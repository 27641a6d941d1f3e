import { type Key, KEY_HEIGHT, type KeyMark, keyMarks, keyWidth } from './keys.js';
import { type ChartOption, FONT } from './option.js';
import { COLOURS } from './palette.js';

/** What a saved picture tells of itself: it is seen without the page. */
export interface Caption {
  readonly title: string;
  /** Of which period, known when, of whom. */
  readonly note: string;
  readonly keys: readonly Key[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 16;
const TITLE_SIZE = 20;
const NOTE_SIZE = 14;
const LINE = 22;
const GAP = 20;

type Element = Readonly<Record<string, unknown>>;
type Measure = (text: string) => number;

/** A text cut into lines at its spaces. */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Where each key stands, from the upper left corner of all of them, in rows no wider than the picture. */
export function placedKeys(keys: readonly Key[], width: number, measure: Measure) {
  let [x, row] = [0, 0];
  return keys.map((key) => {
    const own = keyWidth(key) + 8 + measure(key.name);
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    const place = { key, x, row };
    x += own + GAP;
    return place;
  });
}

function markElement(mark: KeyMark, left: number, top: number): Element {
  const at = { x: left, y: top, silent: true };
  switch (mark.kind) {
    case 'rect': {
      const [x, y, width, height] = mark.box;
      const border = mark.stroke
        ? { stroke: mark.stroke, lineWidth: 1, lineDash: mark.dashed ? [3, 2] : undefined }
        : {};
      return { ...at, type: 'rect', shape: { x, y, width, height }, style: { fill: mark.fill, ...border } };
    }
    case 'circle':
      return { ...at, type: 'circle', shape: { cx: 9, cy: 7, r: 6 }, style: { fill: mark.fill } };
    case 'polygon':
      return {
        ...at,
        type: 'polygon',
        shape: { points: mark.points },
        style: { fill: mark.fill, stroke: mark.stroke, lineWidth: 2 },
      };
    case 'line': {
      const [x1, y1, x2, y2] = mark.ends;
      const style = {
        stroke: mark.stroke,
        lineWidth: mark.width,
        lineDash: mark.dashed ? [5, 3] : undefined,
      };
      return { ...at, type: 'line', shape: { x1, y1, x2, y2 }, style };
    }
  }
}

function text(content: string, x: number, y: number, size: number, fill: string, weight = 400): Element {
  return {
    type: 'text',
    x,
    y,
    silent: true,
    style: { text: content, fill, font: `${weight} ${size}px ${FONT}`, verticalAlign: 'middle' },
  };
}

/**
 * A drawing with its title, what it is about and its keys above it, for a file.
 *
 * @param size of the drawing alone
 * @returns the whole, and how high it is
 */
export function picture(
  option: ChartOption,
  caption: Caption,
  size: Size,
  measure: Measure,
): { readonly option: ChartOption; readonly size: Size } {
  const width = size.width - 2 * MARGIN;
  const noteTop = MARGIN + TITLE_SIZE + 10;
  const notes = wrapped(caption.note, width, measure);
  const keysTop = noteTop + notes.length * LINE + 8;
  const keys = caption.keys.length < 2 ? [] : placedKeys(caption.keys, width, measure);
  const rows = keys.length === 0 ? 0 : keys.at(-1)!.row + 1;
  const top = keysTop + rows * (LINE + 4);
  const elements = [
    text(caption.title, MARGIN, MARGIN + TITLE_SIZE / 2, TITLE_SIZE, COLOURS.text, 700),
    ...notes.map((line, index) =>
      text(line, MARGIN, noteTop + index * LINE + NOTE_SIZE / 2, NOTE_SIZE, COLOURS.muted),
    ),
    ...keys.flatMap(({ key, x, row }) => {
      const [left, y] = [MARGIN + x, keysTop + row * (LINE + 4)];
      return [
        ...keyMarks(key).map((mark) => markElement(mark, left, y)),
        text(key.name, left + keyWidth(key) + 8, y + KEY_HEIGHT / 2, NOTE_SIZE, COLOURS.text),
      ];
    }),
  ];
  const grid = option.grid as { readonly top: number };
  return {
    option: {
      ...option,
      animation: false,
      backgroundColor: '#fff',
      grid: { ...grid, top: grid.top + top },
      graphic: { elements },
    },
    size: { width: size.width, height: size.height + top },
  };
}
