import { isoDay, isoMonth, monthOfDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import {
  type Dimensions,
  type Group,
  groupOf,
  groupText,
  GroupTable,
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
import { type MeetingValue } from './figure-models.js';

/** How many meetings each month held; a meeting that was stated again stays where its first visible fact puts it. */
export function meetingsFigure(
  { columns, catalogue }: FigureSource<FactTable<MeetingValue>>,
  selection: Selection,
): FigureBody {
  const counts = new Map<string, number>();
  const occurring: Group[] = [];
  const days = new DayRange();
  let meetings = 0;
  for (const { day, dimensions } of heldMeetings({ columns, catalogue }, selection)) {
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

/** How many meetings the window held from which day on, and how many places those had whose places were told. */
export function meetingPlacesFigure(
  source: FigureSource<FactTable<MeetingValue>>,
  selection: Selection,
): FigureBody {
  const empty = () => ({ meetings: 0, meetingsWithPlaces: 0, places: 0, firstDay: Infinity });
  const table = new GroupTable(selection.groupBy, empty);
  const totals = empty();
  for (const { day, dimensions, capacity } of heldMeetings(source, selection)) {
    for (const counts of [table.at(groupOf(dimensions, selection.groupBy)), totals]) {
      counts.meetings++;
      counts.firstDay = Math.min(counts.firstDay, day);
      if (capacity === undefined) continue;
      counts.meetingsWithPlaces++;
      counts.places += capacity;
    }
  }
  const told = ({ firstDay, ...counts }: ReturnType<typeof empty>) => ({
    ...counts,
    firstDay: Number.isFinite(firstDay) ? isoDay(firstDay) : null,
  });
  const items = table.inOrder(source.catalogue).map(({ names, value }) => ({ ...names, ...told(value) }));
  return { items, totals: told(totals) };
}

/** The meetings of the window that pass the filters. */
function* heldMeetings({ columns, catalogue }: FigureSource<FactTable<MeetingValue>>, selection: Selection) {
  for (const { day, value } of firstFacts(columns, boundsOf(selection))) {
    const dimensions = dimensionsOf(catalogue, value.venue);
    if (!inWindow(day, selection) || !passesFilters(dimensions, selection.filters)) continue;
    yield { day, dimensions, capacity: value.capacity };
  }
}

function dimensionsOf(catalogue: Catalogue, code: string): Partial<Dimensions> {
  const venue = catalogue.venue(code);
  return { venue: code, territory: venue?.territory ?? UNKNOWN, mode: venue?.mode ?? UNKNOWN };
}

function firstFacts(meetings: FactTable<MeetingValue>, bounds: Bounds): Iterable<TableFact<MeetingValue>> {
  const first = new Map<string, TableFact<MeetingValue>>();
  for (const fact of meetings.visible(bounds)) {
    const known = first.get(fact.group);
    // The facts come in the order of the log, so that of equal times the earlier in the log stays.
    const earlier =
      !known || fact.time - known.time < 0 || (fact.time === known.time && fact.recorded < known.recorded);
    if (earlier) first.set(fact.group, fact);
  }
  return first.values();
}
