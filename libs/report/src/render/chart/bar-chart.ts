import { type FigureItem, type Language, type Series } from '../../document.js';
import { type Markup } from '../markup.js';
import { shownValue } from '../shown-value.js';
import { groundTitle, tickFormat } from './axis.js';
import { colourOf, drawing, FONT, INK, label, line, rect, WIDTH } from './drawing.js';
import { legendOf } from './legend.js';
import { ticksTo, widthOfText } from './scale.js';

const BAR = 14;
const GAP = 5;
const SMALL = 9.5;
/** Room for the value after the longest bar. */
const TAIL = 52;
const MOST_LEFT = 240;

/**
 * Bars that lie, a row a category: counts one after the other with their sum at the end; shares, which have wholes of
 * their own, one below the other.
 */
export function barChart(figure: FigureItem, lang: Language): Markup {
  const { categories, series } = figure;
  const beside = series.length > 1 && series.some(({ format }) => format !== 'integer');
  const legend = series.length > 1 ? legendOf(series, lang) : { marks: [], height: 4 };
  const longest = Math.max(...categories.map((one) => widthOfText(one.label, FONT)), 0);
  const left = Math.min(longest + 12, MOST_LEFT);
  const rowHeight = (beside ? series.length * (BAR - 2) : BAR) + GAP;
  const ground = legend.height + categories.length * rowHeight + 2;
  const ticks = ticksTo(beside ? highest(series) : highestSum(categories.length, series));
  const scale = (WIDTH - left - TAIL) / ticks.at(-1)!;
  const format = tickFormat(series[0]?.format);
  const rows = categories.map((one, index) => {
    const top = legend.height + index * rowHeight + GAP / 2;
    const place = { left, top, scale, lang };
    const name = label(left - 8, top + (rowHeight - GAP) / 2, one.label, { anchor: 'end' });
    return [name, ...(beside ? besideBars(series, index, place) : stackedBar(series, index, place))];
  });
  return drawing(
    figure.title,
    ground + 34,
    legend.marks,
    ticks.map((tick) => [
      line(left + tick * scale, legend.height, left + tick * scale, ground, tick === 0 ? INK : undefined),
      label(left + tick * scale, ground + 10, shownValue(tick, format, lang), { anchor: 'middle' }),
    ]),
    rows,
    groundTitle(figure.unit, (left + WIDTH - TAIL) / 2, ground + 24),
  );
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
  readonly lang: Language;
}

const highest = (series: readonly Series[]) =>
  Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0);

const sumAt = (series: readonly Series[], index: number) =>
  series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);

const highestSum = (count: number, series: readonly Series[]) =>
  Math.max(...Array.from({ length: count }, (_, index) => sumAt(series, index)), 0);

function besideBars(series: readonly Series[], index: number, { left, top, scale, lang }: Place): Markup[] {
  return series.flatMap(({ values, format }, order) => {
    const value = values[index];
    if (value === null || value === undefined) return [];
    const y = top + order * (BAR - 2);
    const number = label(left + value * scale + 4, y + (BAR - 2) / 2, shownValue(value, format, lang), {
      size: SMALL,
    });
    return [rect(left, y, value * scale, BAR - 3, colourOf(order)), number];
  });
}

function stackedBar(series: readonly Series[], index: number, { left, top, scale, lang }: Place): Markup[] {
  let x = left;
  const parts = series.flatMap(({ values, format }, order) => {
    const value = values[index] ?? 0;
    const [from, width] = [x, value * scale];
    x += width;
    if (value === 0) return [];
    const bar = rect(from, top, width, BAR, colourOf(order));
    const text = shownValue(value, format, lang);
    const fits = series.length > 1 && widthOfText(text, SMALL) + 2 <= width;
    const inside = { anchor: 'middle', size: SMALL, fill: darkText(order) ? INK : '#fff' } as const;
    return fits ? [bar, label(from + width / 2, top + BAR / 2, text, inside)] : [bar];
  });
  const format = series[0]?.format ?? 'integer';
  const sum = shownValue(sumAt(series, index), format, lang);
  return [...parts, label(x + 4, top + BAR / 2, sum, { size: SMALL, weight: 'bold' })];
}

/** The light colours of the palette. */
const darkText = (order: number) => ['#e69f00', '#56b4e9'].includes(colourOf(order));
