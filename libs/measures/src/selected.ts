import { type Day } from '#calendar';
import { type Group } from './layout.js';
import { type Dimensions, type Filters, GROUP_KEYS, type GroupKey, type Window } from './selection.js';

/** Whether the window holds the day. */
export function inWindow(day: Day, { from, to }: Window): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** Whether every filter lets the dimensions through. */
export function passesFilters(dimensions: Partial<Dimensions>, filters: Filters): boolean {
  return GROUP_KEYS.every((key) => filters[key]?.includes(dimensions[key]!) ?? true);
}

/** The group that something with these dimensions is in. */
export function groupOf(dimensions: Partial<Dimensions>, groupBy: readonly GroupKey[]): Group {
  return groupBy.map((key) => dimensions[key]!);
}
