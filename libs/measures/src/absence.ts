import { romeDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type Stage } from '#events';
import { entriesOf, firstRegistered, personDimensions } from './entries.js';
import { GroupTable, type RowNames } from './group-table.js';
import { percentage } from './percentage.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Selection } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

export interface Absence {
  /** Journeys that entered `registered` in the window. */
  readonly registered: number;
  /** Journeys not among those, registered before the window began, that entered `attended` in it. */
  readonly carriedOver: number;
  /** How many of these two did not enter `attended` in the window. */
  readonly notParticipating: number;
  readonly nonParticipationPct: number | null;
  /** `absent` facts in the window. */
  readonly absences: number;
  /** `attended` facts in the window. */
  readonly attendances: number;
  readonly noShowPct: number | null;
}

/** What is counted; the two shares follow from it. */
export type AbsenceCounts = {
  -readonly [K in Exclude<keyof Absence, 'nonParticipationPct' | 'noShowPct'>]: number;
};

export const noAbsence = (): AbsenceCounts => ({
  registered: 0,
  carriedOver: 0,
  notParticipating: 0,
  absences: 0,
  attendances: 0,
});

/**
 * Who did not take part (the report's Table 4) and who did not show up, by the territory in which the journey
 * registered first.
 *
 * @param journeys the facts of each journey
 */
export function absence(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Selection,
  catalogue: Catalogue,
): { items: (RowNames & Absence)[]; totals: Absence } {
  const table = new GroupTable(selection.groupBy, noAbsence);
  const totals = noAbsence();
  for (const facts of journeys) {
    const counts = absenceOfJourney(facts, selection, catalogue);
    const { territory } = personDimensions(facts, selection);
    const counted = Object.values(counts).some((count) => count > 0);
    if (!counted || !passesFilters({ territory }, selection.filters)) continue;
    addAbsence(table.at(groupOf({ territory }, selection.groupBy)), counts);
    addAbsence(totals, counts);
  }
  const items = table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...withShares(value) }));
  return { items, totals: withShares(totals) };
}

function absenceOfJourney(
  facts: readonly MeasuredFact[],
  selection: Selection,
  catalogue: Catalogue,
): AbsenceCounts {
  const visible = visibleFacts(facts, selection);
  const entries = entriesOf(facts, selection, catalogue);
  const entered = (stage: Stage) =>
    entries.some((entry) => entry.stage === stage && inWindow(entry.day, selection));
  const happened = (name: 'absent' | 'attended') =>
    visible.filter((fact) => fact.name === name && inWindow(romeDay(fact.time), selection)).length;
  const first = firstRegistered(facts, selection);
  const before = first !== undefined && selection.from !== undefined && romeDay(first.time) < selection.from;

  const registered = entered('registered');
  const carriedOver = !registered && before && entered('attended');
  return {
    registered: Number(registered),
    carriedOver: Number(carriedOver),
    notParticipating: Number((registered || carriedOver) && !entered('attended')),
    absences: happened('absent'),
    attendances: happened('attended'),
  };
}

/** Adds counts to a sum. */
export function addAbsence(sum: AbsenceCounts, counts: AbsenceCounts): void {
  for (const key of Object.keys(sum) as (keyof AbsenceCounts)[]) sum[key] += counts[key];
}

/** The counts with their shares, in the order of the answer. */
export function withShares(counts: AbsenceCounts): Absence {
  const { registered, carriedOver, notParticipating, absences, attendances } = counts;
  return {
    registered,
    carriedOver,
    notParticipating,
    nonParticipationPct: percentage(notParticipating, registered + carriedOver),
    absences,
    attendances,
    noShowPct: percentage(absences, absences + attendances),
  };
}
