import { type FigureItem, type Language } from '../../document.js';
import { monthIn } from '../../words.js';
import { type Markup } from '../markup.js';
import { shownDay, shownValue } from '../shown-value.js';
import { axisTitle, MARGIN } from './axis.js';
import { colourOf, diamond, drawing, FONT, INK, label, line, path, WIDTH } from './drawing.js';
import { legendOf } from './legend.js';
import { ticksTo } from './scale.js';

const PLOT_HEIGHT = 105;
const HEADROOM = 28;

/** Lines through the days of a year; the highest value is told. */
export function lineChart(figure: FigureItem, lang: Language): Markup {
  const { categories, series } = figure;
  const legend = legendOf(series, lang);
  const ground = legend.height + HEADROOM + PLOT_HEIGHT;
  const ticks = ticksTo(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0));
  const x = (index: number) => MARGIN + (index * (WIDTH - MARGIN - 4)) / Math.max(categories.length - 1, 1);
  const y = (value: number) => ground - (value / ticks.at(-1)!) * PLOT_HEIGHT;
  const lines = series.map(({ values }, order) =>
    path(
      values.map((value, index) => (value === null ? null : [x(index), y(value)])),
      colourOf(order),
    ),
  );
  return drawing(
    figure.title,
    ground + 22,
    legend.marks,
    axisTitle(figure.unit, legend.height + 8, 'left'),
    ticks.map((tick) => [
      line(MARGIN, y(tick), WIDTH - 4, y(tick), tick === 0 ? INK : undefined),
      label(MARGIN - 6, y(tick), shownValue(tick, 'integer', lang), { anchor: 'end' }),
    ]),
    monthMarks(figure, { x, ground, lang }),
    lines,
    peak(figure, { x, y, lang }),
  );
}

/** The name of each month in its middle, a stroke where it begins. */
function monthMarks(
  { categories }: FigureItem,
  { x, ground, lang }: { x: (index: number) => number; ground: number; lang: Language },
): Markup[] {
  return categories.flatMap(({ key }, index) => {
    if (!key.endsWith('-01')) return [];
    const name = monthIn(lang, key.slice(5, 7), 'short');
    return [
      line(x(index), ground, x(index), ground + 5, INK),
      label(x(index + 15), ground + 12, name, { anchor: 'middle' }),
    ];
  });
}

function peak(
  { categories, series }: FigureItem,
  { x, y, lang }: { x: (index: number) => number; y: (value: number) => number; lang: Language },
): Markup[] {
  const [first] = series;
  const highest = Math.max(...(first?.values ?? []).map((value) => value ?? 0), 0);
  if (!first || highest === 0) return [];
  const index = first.values.indexOf(highest);
  const text = `${shownDay(categories[index]!.key, lang)}: ${shownValue(highest, first.format, lang)}`;
  const anchor = index > categories.length / 2 ? 'end' : 'start';
  const at = { anchor, weight: 'bold', halo: true } as const;
  return [
    diamond(x(index), y(highest), colourOf(0)),
    label(x(index) + (anchor === 'end' ? -8 : 8), y(highest) - FONT / 2, text, at),
  ];
}
