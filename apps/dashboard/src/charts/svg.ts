import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import './echarts.js';
import { type ChartOption } from './option.js';

use([SVGRenderer]);

/** The chart as an SVG text of this size in pixels. */
export function svgOf(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option, animation: false, backgroundColor: '#fff' });
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}
