import { type Day, monthOfDay, type Month, monthsBetween } from '#calendar';
import { type CodeLists, compareGroups, NONE, valuesOf } from './group-order.js';
import { MeasureError } from './measure.error.js';
import { type Filters, type GroupKey, type Selection, type Window } from './selection.js';

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
const CATALOGUE_KEYS = ['territory', 'venue', 'mode', 'sa'] as const satisfies readonly GroupKey[];
type CatalogueKey = (typeof CATALOGUE_KEYS)[number];

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
 * passes the filters, and what else occurs: `unknown`, `none`, and what the catalogue does not foresee, as somebody who
 * abandoned an SA of another territory. A code passes when the catalogue has a venue, an SA or a territory alone whose
 * territory, venue, mode and SA all pass; filters of the profile say nothing about codes. With any other grouping the
 * groups that occur. Without groups the one empty group.
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
  const key = CATALOGUE_KEYS.find((one) => one === groupBy[0]);
  if (groupBy.length === 1 && key) {
    for (const code of codesThatPass(key, filters, catalogue)) groups.set(code, [code]);
  }
  return [...groups.values()].sort(compareGroups(catalogue, groupBy));
}

/** Where the catalogue lets an entry be: the four dimensions that come from it. */
type Place = Readonly<Record<CatalogueKey, string>>;

/** In a venue, with an SA, or with neither as a registration is. */
function* places({ territories, venues, sas }: CodeLists): Generator<Place> {
  for (const { code, territory, mode } of venues) yield { territory, venue: code, mode, sa: NONE };
  for (const { code, territory } of sas) yield { territory, venue: NONE, mode: NONE, sa: code };
  for (const { code } of territories) yield { territory: code, venue: NONE, mode: NONE, sa: NONE };
}

/**
 * The codes of a catalogue key that get a row without anything to count in it: where only the key itself is filtered,
 * those that its filter names, also of a mode without venues; with filters of other catalogue keys those that a place
 * of the catalogue has together with what the filters name.
 */
function codesThatPass(key: CatalogueKey, filters: Filters, catalogue: CodeLists): string[] {
  const passes = (one: CatalogueKey, code: string) => filters[one]?.includes(code) ?? true;
  const named = valuesOf(key, catalogue).filter((code) => passes(key, code));
  if (CATALOGUE_KEYS.every((one) => one === key || filters[one] === undefined)) return named;
  const possible = new Set<string>();
  for (const place of places(catalogue)) {
    if (CATALOGUE_KEYS.every((one) => passes(one, place[one]))) possible.add(place[key]);
  }
  return named.filter((code) => possible.has(code));
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
