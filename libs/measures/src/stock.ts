import { type Stage, STAGES } from '#events';
import { personDimensions } from './entries.js';
import { type CodeLists } from './group-order.js';
import { GroupTable, type RowNames } from './group-table.js';
import { groupOf, passesFilters } from './selected.js';
import { type Selection } from './selection.js';
import { statusOf } from './status.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

/**
 * Counts journeys by the status that they have at the cut-offs, grouped by what their first registration says. A row
 * stands where there is a journey; within a group the statuses are in stage order.
 *
 * @param journeys the facts of each journey
 */
export function stock(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Omit<Selection, 'from' | 'to'>,
  catalogue: CodeLists,
): { items: (RowNames & { status: Stage; journeys: number })[]; totals: { journeys: number } } {
  const table = new GroupTable(selection.groupBy, () => new Map<Stage, number>());
  const totals = { journeys: 0 };
  for (const facts of journeys) {
    const status = statusOf(visibleFacts(facts, selection));
    const person = personDimensions(facts, selection);
    if (status === undefined || !passesFilters(person, selection.filters)) continue;
    const statuses = table.at(groupOf(person, selection.groupBy));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    totals.journeys++;
  }
  const items = table.inOrder(catalogue).flatMap(({ names, value }) =>
    STAGES.filter((status) => value.has(status)).map((status) => ({
      ...names,
      status,
      journeys: value.get(status)!,
    })),
  );
  return { items, totals };
}
