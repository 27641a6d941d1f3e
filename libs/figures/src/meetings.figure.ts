import { isoMonth, monthOfDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import {
  type Dimensions,
  type Group,
  groupOf,
  groupText,
  inWindow,
  layoutMonths,
  namedGroup,
  passesFilters,
  type Selection,
  UNKNOWN,
} from '#measures';
import { type Bounds, boundsOf } from './cut-offs.js';
import { DayRange } from './day-range.js';
import { type FactTable, type TableFact } from './fact-table.js';
import { type FigureBody, type FigureSource } from './figure-body.js';

/** How many meetings each month held; a meeting that was stated again stays where its first visible fact puts it. */
export function meetingsFigure(
  { columns, catalogue }: FigureSource<FactTable<string>>,
  selection: Selection,
): FigureBody {
  const counts = new Map<string, number>();
  const occurring: Group[] = [];
  const days = new DayRange();
  let meetings = 0;
  for (const { day, value: venue } of firstFacts(columns, boundsOf(selection))) {
    const dimensions = dimensionsOf(catalogue, venue);
    if (!inWindow(day, selection) || !passesFilters(dimensions, selection.filters)) continue;
    const group = groupOf(dimensions, selection.groupBy);
    const key = `${monthOfDay(day)} ${groupText(group)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    occurring.push(group);
    days.add(day);
    meetings++;
  }
  const { months, groups } = layoutMonths(selection, catalogue, days, occurring);
  const items = months.flatMap((month) =>
    groups.map((group) => ({
      month: isoMonth(month),
      ...namedGroup(selection.groupBy, group),
      meetings: counts.get(`${month} ${groupText(group)}`) ?? 0,
    })),
  );
  return { items, totals: { meetings } };
}

function dimensionsOf(catalogue: Catalogue, code: string): Partial<Dimensions> {
  const venue = catalogue.venue(code);
  return { venue: code, territory: venue?.territory ?? UNKNOWN, mode: venue?.mode ?? UNKNOWN };
}

function firstFacts(meetings: FactTable<string>, bounds: Bounds): Iterable<TableFact<string>> {
  const first = new Map<string, TableFact<string>>();
  for (const fact of meetings.visible(bounds)) {
    const known = first.get(fact.group);
    // The facts come in the order of the log, so that of equal times the earlier in the log stays.
    const earlier =
      !known || fact.time - known.time < 0 || (fact.time === known.time && fact.recorded < known.recorded);
    if (earlier) first.set(fact.group, fact);
  }
  return first.values();
}
