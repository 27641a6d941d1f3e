import { type ChartKind, type FigureItem, type Language } from '../../document.js';
import { type Markup } from '../markup.js';
import { barChart } from './bar-chart.js';
import { columnChart } from './column-chart.js';
import { lineChart } from './line-chart.js';

const CHARTS: Readonly<Record<ChartKind, (figure: FigureItem, lang: Language) => Markup>> = {
  columns: columnChart,
  bars: barChart,
  lines: lineChart,
};

/** A figure as SVG that needs no style sheet and no script. */
export function chartOf(figure: FigureItem, lang: Language): Markup {
  return CHARTS[figure.chart](figure, lang);
}
