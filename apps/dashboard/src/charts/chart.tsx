import { useEffect, useRef, useState } from 'preact/hooks';
import { type EChartsType } from 'echarts/core';
import { type Key } from './keys.js';
import { follow } from '../state/address.js';
import { Legend } from './legend.js';
import { type ChartOption } from './option.js';

export interface ChartProps {
  readonly option: ChartOption;
  readonly keys: readonly Key[];
  readonly height: number;
  /** What the drawing shows, for those who do not see it. */
  readonly label: string;
  readonly pick?: Pick | undefined;
}

export type Pick = (series: string, index: number) => string | null;

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

const onPage = (option: ChartOption): ChartOption => (still() ? { ...option, animation: false } : option);

/** Draws a chart; the library that does it is loaded when the first one is needed. */
export function Chart({ option, keys, height, label, pick }: ChartProps) {
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
      chart.current.on('click', ({ seriesId, dataIndex }) => {
        const href = picked.current?.(seriesId ?? '', dataIndex);
        if (href) follow(href);
      });
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
  const picked = useRef(pick);
  picked.current = pick;
  useEffect(() => {
    chart.current?.setOption(onPage(option), { notMerge: true });
  }, [option, ready]);
  useEffect(() => chart.current?.resize(), [height]);
  return (
    <>
      <Legend keys={keys} />
      <div class="chart" role="img" aria-label={label} data-drawn={ready}>
        <div ref={place} class="chart-place" style={{ height: `${height}px` }} />
      </div>
    </>
  );
}
