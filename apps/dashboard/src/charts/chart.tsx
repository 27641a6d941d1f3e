import { useEffect, useRef, useState } from 'preact/hooks';
import { type EChartsType } from 'echarts/core';
import { Legend } from './legend.js';
import { type ChartOption } from './option.js';

export interface ChartProps {
  readonly option: ChartOption;
  readonly height: number;
  /** What the drawing shows, for those who do not see it. */
  readonly label: string;
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The legend of the page stands above the drawing; that of a downloaded picture is in it. */
function onPage(option: ChartOption): ChartOption {
  const grid = { ...(option.grid as object), top: 12 };
  return { ...option, legend: { show: false }, grid, ...(still() ? { animation: false } : {}) };
}

/** Draws a chart; the library that does it is loaded when the first one is needed. */
export function Chart({ option, height, label }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('./echarts.js').then(({ init }) => {
      const element = place.current;
      if (gone || !element) return;
      chart.current = init(element, null, { renderer: 'canvas' });
      observer = new ResizeObserver(() => chart.current?.resize());
      observer.observe(element);
      setReady(true);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(onPage(option), { notMerge: true });
  }, [option, ready]);
  useEffect(() => chart.current?.resize(), [height]);
  return (
    <>
      <Legend option={option} />
      <div class="chart" role="img" aria-label={label} data-drawn={ready}>
        <div ref={place} class="chart-place" style={{ height: `${height}px` }} />
      </div>
    </>
  );
}
