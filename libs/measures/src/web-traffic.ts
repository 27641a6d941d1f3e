import { isoMonth, monthOfDay, parseDay } from '#calendar';
import { groupedBy } from './grouped-by.js';
import { windowMonths } from './layout.js';
import { inWindow } from './selected.js';
import { type CutOffs, type Window } from './selection.js';
import { type MeasuredFact, visibleFactsByGroup } from './visible-facts.js';

type WebFact = MeasuredFact<'web-traffic'>;

export interface WebTraffic {
  readonly uniquePageViews: number;
  /** Summed over the days that state it; null when none does. */
  readonly visits: number | null;
  readonly homeEntrances: number | null;
}

/**
 * Web traffic by the month of `date`, which is also what the window is about. A source may state a day again: what it
 * recorded last holds, and of equal recorded times what stands further on in the log.
 *
 * @param facts the facts of web traffic, their retractions among them
 * @throws MeasureError `too-many-rows`
 */
export function webTrafficByMonth(
  facts: Iterable<MeasuredFact>,
  selection: CutOffs & Window,
): { items: ({ month: string } & WebTraffic)[]; totals: WebTraffic } {
  const latest = new Map<string, WebFact>();
  for (const fact of [...visibleFactsByGroup(facts, selection).values()].flat()) {
    if (fact.name !== 'web-traffic') continue;
    const key = `${fact.data.date} ${fact.source}`;
    const before = latest.get(key);
    if (!before || recordedLater(fact, before)) latest.set(key, fact);
  }
  const days = [...latest.values()]
    .map(({ data }) => ({ day: parseDay(data.date)!, data }))
    .filter(({ day }) => inWindow(day, selection))
    .sort((a, b) => a.day - b.day);
  const byMonth = groupedBy(days, ({ day }) => monthOfDay(day));
  const counted = { firstDay: days[0]?.day, lastDay: days.at(-1)?.day };
  const months = windowMonths(selection, counted);
  return {
    items: months.map((month) => ({ month: isoMonth(month), ...sums(byMonth.get(month) ?? []) })),
    totals: sums(days),
  };
}

function recordedLater(fact: WebFact, other: WebFact): boolean {
  return (fact.recorded - other.recorded || fact.position - other.position) > 0;
}

function sums(days: readonly Pick<WebFact, 'data'>[]): WebTraffic {
  const known = (key: 'visits' | 'homeEntrances') => {
    const values = days.flatMap(({ data }) => data[key] ?? []);
    return values.length === 0 ? null : sum(values);
  };
  return {
    uniquePageViews: sum(days.map(({ data }) => data.uniquePageViews)),
    visits: known('visits'),
    homeEntrances: known('homeEntrances'),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
