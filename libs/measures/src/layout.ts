import { type Day, monthOfDay, type Month, monthsBetween } from '#calendar';
import { type CodeLists, compareGroups, valuesOf } from './group-order.js';
import { MeasureError } from './measure.error.js';
import { type Dimensions, type Filters, type GroupKey, type Selection, type Window } from './selection.js';

/** More rows than this no answer has. */
export const MAX_ROWS = 100_000;

/** The values of a row's group, in the order of `groupBy`; empty without groups. */
export type Group = readonly string[];

/** The first and the last day of what a figure counts, both undefined when it counts nothing. */
export interface CountedDays {
  readonly firstDay?: Day;
  readonly lastDay?: Day;
}

export interface Layout {
  readonly months: readonly Month[];
  readonly groups: readonly Group[];
}

/** A single key of these gives a row for every code of the catalogue, whether or not something is counted there. */
const CATALOGUE_KEYS: readonly GroupKey[] = ['territory', 'venue', 'mode', 'sa'];

/** One text for a group. No code, and no value of a dimension, holds the separator. */
export function groupText(group: Group): string {
  return group.join('|');
}

/** The values of a group under their keys, as items show them. */
export function namedGroup(groupBy: readonly GroupKey[], group: Group): Partial<Record<GroupKey, string>> {
  return Object.fromEntries(groupBy.map((key, index) => [key, group[index]!]));
}

/** @throws MeasureError `too-many-rows` */
export function checkRowCount(rows: number): void {
  if (rows <= MAX_ROWS) return;
  const advice = 'ask for a shorter window, fewer groups or a filter';
  throw new MeasureError('too-many-rows', `The answer has more than ${MAX_ROWS} rows (${rows}): ${advice}.`);
}

/**
 * The groups that an answer has rows for, in their order. With one catalogue key: every code of the catalogue that
 * the filters let through, by the code itself and by the territory and mode that the catalogue gives it, and what
 * else occurs (`unknown`, `none`). With any other grouping the groups that occur. Without groups the one empty group.
 *
 * @param occurring the groups in which the figure counts something; repetitions do no harm
 */
export function layoutGroups(
  { groupBy, filters }: Pick<Selection, 'groupBy' | 'filters'>,
  catalogue: CodeLists,
  occurring: Iterable<Group>,
): Group[] {
  if (groupBy.length === 0) return [[]];
  const groups = new Map<string, Group>();
  for (const group of occurring) groups.set(groupText(group), group);
  const [key] = groupBy;
  if (groupBy.length === 1 && key && CATALOGUE_KEYS.includes(key)) {
    for (const code of valuesOf(key, catalogue)) {
      if (codePasses(key, code, filters, catalogue)) groups.set(code, [code]);
    }
  }
  return [...groups.values()].sort(compareGroups(catalogue, groupBy));
}

function placeOf(key: GroupKey, code: string, { venues, sas }: CodeLists): Partial<Dimensions> {
  const venue = key === 'venue' ? venues.find((one) => one.code === code) : undefined;
  if (venue) return { territory: venue.territory, mode: venue.mode };
  const sa = key === 'sa' ? sas.find((one) => one.code === code) : undefined;
  return sa ? { territory: sa.territory } : {};
}

/** A venue of another territory or mode, or an SA of another territory, could only ever have zeros. */
function codePasses(key: GroupKey, code: string, filters: Filters, catalogue: CodeLists): boolean {
  const known: Partial<Dimensions> = { ...placeOf(key, code, catalogue), [key]: code };
  return Object.entries(known).every(([name, value]) => filters[name as GroupKey]?.includes(value) ?? true);
}

/**
 * The rows of a figure by month: every month of the window, and in each of them every group. An open end of the
 * window reaches to the first or last counted day; where nothing is counted it has no months.
 *
 * @throws MeasureError `too-many-rows`, before anything large is made
 */
export function layoutMonths(
  selection: Pick<Selection, 'from' | 'to' | 'groupBy' | 'filters'>,
  catalogue: CodeLists,
  counted: CountedDays,
  occurring: Iterable<Group>,
): Layout {
  const groups = layoutGroups(selection, catalogue, occurring);
  return { months: windowMonths(selection, counted, groups.length), groups };
}

/**
 * The months of a window, with an open end as `layoutMonths` takes it.
 *
 * @param rowsPerMonth how many rows the answer has in each of them
 * @throws MeasureError `too-many-rows`, before anything large is made
 */
export function windowMonths(window: Window, counted: CountedDays, rowsPerMonth = 1): Month[] {
  const from = window.from ?? counted.firstDay;
  const to = window.to ?? counted.lastDay;
  if (from === undefined || to === undefined || from > to) return [];
  checkRowCount((monthOfDay(to) - monthOfDay(from) + 1) * rowsPerMonth);
  return monthsBetween(from, to);
}
