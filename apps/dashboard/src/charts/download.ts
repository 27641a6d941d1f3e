import { type ChartOption } from './option.js';

/** Lets the browser save a content as a file. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export async function saveSvg(option: ChartOption, { width, height }: Size, name: string): Promise<void> {
  const { svgOf } = await import('./svg.js');
  save(new Blob([svgOf(option, width, height)], { type: 'image/svg+xml' }), name);
}

/** Twice as many pixels as on the page, so that it can be printed. */
export async function savePng(option: ChartOption, size: Size, name: string): Promise<void> {
  const { init } = await import('./echarts.js');
  const place = document.createElement('div');
  const chart = init(place, null, { renderer: 'canvas', devicePixelRatio: 2, ...size });
  chart.setOption({ ...option, animation: false, backgroundColor: '#fff' });
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: '#fff' });
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  chart.dispose();
  if (content) save(content, name);
}
