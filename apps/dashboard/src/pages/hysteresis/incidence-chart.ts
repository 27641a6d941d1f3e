import { count, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { type ChartOption, frame, type Series, values } from '../../charts/option.js';
import { tooltip } from '../../charts/tooltip.js';
import { HIDDEN } from '../../charts/incidence.js';

const DAYS_AFTER: Message = ['giorni dall’ingresso', 'days after the entry'];

/** The frame of curves over the days since the entry, in percent of the cohort. */
export function incidenceChart(series: readonly Series[], lastDay: number): ChartOption {
  const names = series.map(({ name }) => String(name)).filter((name) => !name.startsWith(HIDDEN));
  const shared = frame({});
  return {
    ...shared,
    legend: { ...shared.legend, data: names },
    tooltip: { ...tooltip((value) => percent(value)), axisPointer: { type: 'line' } },
    xAxis: values({
      max: lastDay,
      name: say(DAYS_AFTER),
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
      axisPointer: { label: { formatter: ({ value }) => count(Number(value)) } },
    }),
    yAxis: values({ min: 0, max: 100, axisLabel: { formatter: (value: number) => `${value} %` } }),
    grid: { ...shared.grid, bottom: 30 },
    series: [...series],
  };
}
