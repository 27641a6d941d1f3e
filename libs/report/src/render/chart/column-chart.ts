import { type FigureItem, type Language, type Series } from '../../document.js';
import { type Markup } from '../markup.js';
import { shownValue } from '../shown-value.js';
import { type Axis, axisMarks, axisOf, axisTitle, MARGIN } from './axis.js';
import { colourOf, diamond, drawing, FONT, label, path, rect, WIDTH } from './drawing.js';
import { legendOf } from './legend.js';
import { widthOfText } from './scale.js';

const PLOT_HEIGHT = 120;
/** Of the panel over the columns that lines have for themselves. */
const LINES_HEIGHT = 52;
const LINES_STEPS = 3;
const SMALL = 9;
/** Room over the highest column for its value and for the name of the axis. */
const HEADROOM = 30;
/** Categories that follow one another in time. */
const TIME = /^\d{4}-\d{2}/;

/**
 * Columns side by side. What has its axis on the right is a mark beside them, or in time a line in a panel of its own
 * over the columns, so that neither covers the numbers of the other.
 */
export function columnChart(figure: FigureItem, lang: Language): Markup {
  const { categories, series, unit } = figure;
  const legend = legendOf(series, lang);
  const inTime = TIME.test(categories[0]?.key ?? '');
  const left = axisOf(series, 'left', { height: PLOT_HEIGHT });
  const right = axisOf(
    series,
    'right',
    inTime ? { height: LINES_HEIGHT, mostSteps: LINES_STEPS } : { height: PLOT_HEIGHT },
  );
  const lines = inTime ? right : undefined;
  const linesGround = legend.height + HEADROOM + LINES_HEIGHT;
  const top = lines ? linesGround : legend.height;
  const ground = top + HEADROOM + PLOT_HEIGHT;
  const end = WIDTH - (right ? MARGIN : 4);
  const step = (end - MARGIN) / categories.length;
  const middle = (index: number) => MARGIN + (index + 0.5) * step;
  // Marks that are no line stand beside the columns and need room there.
  const share = right && !lines ? 0.5 : 0.84;
  const wide = Math.min((step * share) / Math.max(left?.series.length ?? 0, 1), 44);
  const place: Place = { ground, wide, middle, lang, all: series };
  const axis = { end, lang } as const;
  const names = categories.map((one, index) => label(middle(index), ground + 12, one.label, CENTRED));
  return drawing(
    figure.title,
    ground + 22,
    legend.marks,
    lines && linesPanel(lines, { ...place, ground: linesGround }, { end, unit, top: legend.height }),
    left && [
      axisTitle(unit, top + 8, 'left'),
      axisMarks(left, { ...axis, ground, side: 'left', grid: true }),
    ],
    right && !lines ? besideMarks(right, place, { end, unit, top }) : undefined,
    names,
    left && columns(left, place),
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

interface Panel {
  readonly end: number;
  readonly unit: string;
  readonly top: number;
}

function linesPanel(axis: Axis, place: Place, { end, unit, top }: Panel): Markup[] {
  const { ground, lang } = place;
  return [
    axisTitle(unit, top + 8, 'right'),
    ...axisMarks(axis, { ground, end, side: 'right', grid: true, lang }),
    ...axis.series.flatMap((one) => lineOf(one, axis, place)),
  ];
}

function besideMarks(axis: Axis, place: Place, { end, unit, top }: Panel): Markup[] {
  const { ground, lang, all, wide } = place;
  const groupWidth = all.filter(({ axis: side }) => side === 'left').length * wide;
  const isShare = axis.series.some(({ format }) => format !== 'integer');
  return [
    axisTitle(isShare ? axis.series[0]!.label : unit, top + 8, 'right'),
    ...axisMarks(axis, { ground, end, side: 'right', grid: false, lang }),
    ...axis.series.flatMap((one) => marksOf(one, axis, place, groupWidth / 2)),
  ];
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
