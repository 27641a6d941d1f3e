import { isoMonth, monthOfDay, type Month, parseDay } from '#calendar';
import { checkRowCount, inWindow, layoutMonths, type Selection } from '#measures';
import { type Bounds, boundsOf } from './cut-offs.js';
import { DayRange } from './day-range.js';
import { type FactTable, type TableFact } from './fact-table.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type WebValue } from './figure-models.js';

class WebCounts {
  private uniquePageViews = 0;
  private visits: number | null = null;
  private homeEntrances: number | null = null;

  add({ uniquePageViews, visits, homeEntrances }: WebValue): void {
    this.uniquePageViews += uniquePageViews;
    if (visits !== undefined) this.visits = (this.visits ?? 0) + visits;
    if (homeEntrances !== undefined) this.homeEntrances = (this.homeEntrances ?? 0) + homeEntrances;
  }

  shown() {
    return {
      uniquePageViews: this.uniquePageViews,
      visits: this.visits,
      homeEntrances: this.homeEntrances,
    };
  }
}

/** The web statistics by month of the counted date; of several facts of a source for a date, the last recorded. */
export function webTrafficFigure(
  { columns, catalogue }: FigureSource<FactTable<WebValue>>,
  selection: Selection,
): FigureBody {
  const byMonth = new Map<Month, WebCounts>();
  const totals = new WebCounts();
  const days = new DayRange();
  for (const { value } of lastRecorded(columns, boundsOf(selection))) {
    const day = parseDay(value.date)!;
    if (!inWindow(day, selection)) continue;
    const month = monthOfDay(day);
    let counts = byMonth.get(month);
    if (!counts) byMonth.set(month, (counts = new WebCounts()));
    counts.add(value);
    totals.add(value);
    days.add(day);
  }
  const none = new WebCounts();
  const { months } = layoutMonths(selection, catalogue, days, []);
  return {
    items: months.map((month) => ({ month: isoMonth(month), ...(byMonth.get(month) ?? none).shown() })),
    totals: totals.shown(),
  };
}

/** The web statistics of each day of the window that has any, in the order of the days. */
export function webTrafficDailyFigure(
  { columns }: Pick<FigureSource<FactTable<WebValue>>, 'columns'>,
  selection: Selection,
): FigureBody {
  const byDate = new Map<string, WebCounts>();
  const totals = new WebCounts();
  for (const { value } of lastRecorded(columns, boundsOf(selection))) {
    if (!inWindow(parseDay(value.date)!, selection)) continue;
    let counts = byDate.get(value.date);
    if (!counts) byDate.set(value.date, (counts = new WebCounts()));
    counts.add(value);
    totals.add(value);
  }
  const dates = [...byDate.keys()].sort();
  checkRowCount(dates.length);
  const items = dates.map((date) => ({ date, ...byDate.get(date)!.shown() }));
  return { items, totals: totals.shown() };
}

function lastRecorded(traffic: FactTable<WebValue>, bounds: Bounds): Iterable<TableFact<WebValue>> {
  const last = new Map<string, TableFact<WebValue>>();
  for (const fact of traffic.visible(bounds)) {
    const key = `${fact.value.date} ${fact.source}`;
    const known = last.get(key);
    // The facts come in the order of the log, so that of equal recorded times the later in the log wins.
    if (!known || fact.recorded >= known.recorded) last.set(key, fact);
  }
  return last.values();
}
