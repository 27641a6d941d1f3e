import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import './echarts.js';
import { type ChartOption } from './option.js';
import { type Size } from './picture.js';

use([SVGRenderer]);

/** The chart as an SVG text of this size in pixels. */
export function svgOf(option: ChartOption, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}
