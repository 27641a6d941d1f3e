import { type Day, isoMonth, monthOfDay, romeDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { UNKNOWN } from './group-order.js';
import { type RowNames } from './group-table.js';
import { groupText, layoutMonths, namedGroup } from './layout.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Dimensions, type Selection } from './selection.js';
import { type MeasuredFact, visibleFactsByGroup } from './visible-facts.js';

/**
 * Pre-reception meetings by month. Where several visible facts state the same meeting, the first of them gives the
 * month and the venue.
 *
 * @param facts the facts of meetings, their retractions among them
 * @throws MeasureError `too-many-rows`
 */
export function meetingsByMonth(
  facts: Iterable<MeasuredFact>,
  selection: Selection,
  catalogue: Catalogue,
): { items: (RowNames & { month: string; meetings: number })[]; totals: { meetings: number } } {
  const held = meetingsHeld(facts, selection, catalogue).filter(
    ({ day, dimensions }) => inWindow(day, selection) && passesFilters(dimensions, selection.filters),
  );
  const { groupBy } = selection;
  const cells = new Map<string, number>();
  for (const { day, dimensions } of held) {
    const cell = `${monthOfDay(day)}|${groupText(groupOf(dimensions, groupBy))}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const { months, groups } = layoutMonths(
    selection,
    catalogue,
    { firstDay: held[0]?.day, lastDay: held.at(-1)?.day },
    held.map(({ dimensions }) => groupOf(dimensions, groupBy)),
  );
  const items = months.flatMap((month) =>
    groups.map((group) => ({
      month: isoMonth(month),
      ...namedGroup(groupBy, group),
      meetings: cells.get(`${month}|${groupText(group)}`) ?? 0,
    })),
  );
  return { items, totals: { meetings: held.length } };
}

interface MeetingHeldOn {
  readonly day: Day;
  readonly dimensions: Pick<Dimensions, 'territory' | 'venue' | 'mode'>;
}

function meetingsHeld(
  facts: Iterable<MeasuredFact>,
  selection: Selection,
  catalogue: Catalogue,
): MeetingHeldOn[] {
  const held: MeetingHeldOn[] = [];
  for (const [first] of visibleFactsByGroup(facts, selection).values()) {
    if (first?.name !== 'meeting-held') continue;
    const venue = catalogue.venue(first.data.venue);
    const dimensions = {
      territory: venue?.territory ?? UNKNOWN,
      venue: first.data.venue,
      mode: venue?.mode ?? UNKNOWN,
    };
    held.push({ day: romeDay(first.time), dimensions });
  }
  return held.sort((a, b) => a.day - b.day);
}
