import { type ChartOption, FONT } from './option.js';
import { type Caption, picture, type Size } from './picture.js';

/** Lets the browser save a content as a file. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function measured(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = `14px ${FONT}`;
  return (text) => context.measureText(text).width;
}

export async function saveSvg(
  option: ChartOption,
  caption: Caption,
  size: Size,
  name: string,
): Promise<void> {
  const { svgOf } = await import('./svg.js');
  const whole = picture(option, caption, size, measured());
  save(new Blob([svgOf(whole.option, whole.size)], { type: 'image/svg+xml' }), name);
}

/** Twice as many pixels as on the page, so that it can be printed. */
export async function savePng(
  option: ChartOption,
  caption: Caption,
  size: Size,
  name: string,
): Promise<void> {
  const { init } = await import('./echarts.js');
  const whole = picture(option, caption, size, measured());
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    devicePixelRatio: 2,
    ...whole.size,
  });
  chart.setOption(whole.option);
  const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: '#fff' });
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  chart.dispose();
  if (content) save(content, name);
}
