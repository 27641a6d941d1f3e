import { type FigureItem, type Language, type Series } from '../../document.js';
import { type Markup } from '../markup.js';
import { shownValue } from '../shown-value.js';
import { colourOf, diamond, drawing, FONT, INK, label, line, path, rect, WIDTH } from './drawing.js';
import { legendOf } from './legend.js';
import { ticksTo, widthOfText } from './scale.js';

const PLOT_HEIGHT = 165;
const LEFT = 46;
const SMALL = 9;
/** Room over the highest column for its value. */
const HEADROOM = 26;
/** Categories that follow one another in time. */
const TIME = /^\d{4}-\d{2}/;

interface Axis {
  readonly series: readonly Series[];
  readonly ticks: readonly number[];
  /** Height over the ground line. */
  readonly at: (value: number) => number;
}

function axisOf(all: readonly Series[], side: Series['axis']): Axis | undefined {
  const series = all.filter(({ axis }) => axis === side);
  if (series.length === 0) return undefined;
  const ticks = ticksTo(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const most = ticks.at(-1)!;
  return { series, ticks, at: (value) => (value / most) * PLOT_HEIGHT };
}

/** Columns side by side; what has its axis on the right is a line in time, and marks where it is no time. */
export function columnChart(figure: FigureItem, lang: Language): Markup {
  const { categories, series } = figure;
  const legend = legendOf(series, lang);
  const [left, right] = [axisOf(series, 'left'), axisOf(series, 'right')];
  const ground = legend.height + HEADROOM + PLOT_HEIGHT;
  const width = WIDTH - LEFT - (right ? LEFT : 4);
  const step = width / categories.length;
  const middle = (index: number) => LEFT + (index + 0.5) * step;
  const inTime = TIME.test(categories[0]?.key ?? '');
  // Marks that are no line stand beside the columns and need room there.
  const share = right && !inTime ? 0.5 : 0.84;
  const wide = Math.min((step * share) / Math.max(left?.series.length ?? 0, 1), 44);
  const place: Place = { ground, wide, middle, lang, all: series };
  const names = categories.map((one, index) => label(middle(index), ground + 12, one.label, CENTRED));
  return drawing(
    figure.title,
    ground + 22,
    legend.marks,
    left && axisMarks(left, { ground, x: LEFT - 6, end: LEFT + width, lang }),
    right && axisMarks(right, { ground, x: LEFT + width + 6, lang }),
    names,
    left && columns(left, place),
    right?.series.map((one) =>
      inTime
        ? lineOf(one, right, place)
        : marksOf(one, right, place, ((left?.series.length ?? 0) * wide) / 2),
    ),
  );
}

const CENTRED = { anchor: 'middle' } as const;

interface Place {
  readonly ground: number;
  /** Of one column. */
  readonly wide: number;
  readonly middle: (index: number) => number;
  readonly lang: Language;
  readonly all: readonly Series[];
}

/** The numbers of an axis; with an `end` the grid lines that lead there. */
function axisMarks(
  { series, ticks, at }: Axis,
  { ground, x, end, lang }: { ground: number; x: number; end?: number; lang: Language },
): Markup[] {
  const format = series[0]!.format === 'percent' ? 'wholePercent' : series[0]!.format;
  return ticks.flatMap((tick) => {
    const y = ground - at(tick);
    const number = label(x, y, shownValue(tick, format, lang), {
      anchor: end === undefined ? 'start' : 'end',
    });
    return end === undefined ? [number] : [line(LEFT, y, end, y, tick === 0 ? INK : undefined), number];
  });
}

function columns({ series, at }: Axis, { ground, wide, middle, lang, all }: Place): Markup[] {
  return series.flatMap((one, order) =>
    one.values.flatMap((value, index) => {
      if (value === null) return [];
      const x = middle(index) + (order - series.length / 2) * wide;
      const top = ground - at(value);
      const text = shownValue(value, one.format, lang);
      const upright = widthOfText(text, SMALL) > wide + 1;
      const number = upright
        ? label(x + wide / 2, top - 3, text, { size: SMALL, upright })
        : label(x + wide / 2, top - 6, text, { ...CENTRED, size: SMALL });
      return [rect(x + 0.5, top, wide - 1, at(value), colourOf(all.indexOf(one))), number];
    }),
  );
}

function lineOf(one: Series, { at }: Axis, { ground, middle, lang, all }: Place): Markup[] {
  const colour = colourOf(all.indexOf(one));
  const points = one.values.map((value, index) =>
    value === null ? null : ([middle(index), ground - at(value)] as const),
  );
  const marks = points.flatMap((point, index) => {
    if (point === null) return [];
    const text = shownValue(one.values[index]!, one.format, lang);
    const number = { ...CENTRED, size: SMALL, fill: colour, weight: 'bold', halo: true } as const;
    return [diamond(...point, colour), label(point[0], point[1] - FONT, text, number)];
  });
  return [path(points, colour), ...marks];
}

/** A mark to the right of each group of columns, its value beside it. */
function marksOf(one: Series, { at }: Axis, { ground, middle, lang, all }: Place, beside: number): Markup[] {
  return one.values.flatMap((value, index) => {
    if (value === null) return [];
    const [x, y] = [middle(index) + beside + 9, ground - at(value)];
    const text = shownValue(value, one.format, lang);
    const number = label(x + 9, y, text, { size: SMALL, weight: 'bold', halo: true });
    return [diamond(x, y, colourOf(all.indexOf(one))), number];
  });
}
