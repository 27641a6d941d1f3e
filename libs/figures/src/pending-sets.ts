import { type Day, type Month } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type Group, OUTCOMES, type Selection } from '#measures';
import { AnswerCells, NO_CELL } from './answer-cells.js';
import { type CohortMembers, EntryList } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type JourneyFacts } from './journey-facts.js';

const PENDING = OUTCOMES.indexOf('pending');
const CONVERTED = OUTCOMES.indexOf('converted');

/** Members that are forecast together: what is on record of them, and on which days the pending entered. */
export interface PendingSet {
  size: number;
  converted: number;
  lost: number;
  readonly byEntry: Map<Day, number>;
  /** The pending, by their place in the cohort. */
  readonly pending: number[];
}

export const emptyPendingSet = (): PendingSet => ({
  size: 0,
  converted: 0,
  lost: 0,
  byEntry: new Map(),
  pending: [],
});

/**
 * Puts the members that a selection asks about, by window and filters, into the sets that their group and month of
 * entry belong to.
 *
 * @param members everybody, also those outside the window
 * @param observedTo an entry dated after this day counts as one of it
 * @throws MeasureError `too-many-rows`
 */
export function fillPendingSets(
  members: CohortMembers,
  facts: JourneyFacts,
  catalogue: Catalogue,
  selection: Selection,
  observedTo: Day,
  setsOf: (group: Group, month: Month) => readonly PendingSet[],
): void {
  const { from, to } = boundsOf(selection);
  const asked = new EntryList(members.stage);
  const places: number[] = [];
  for (let i = 0; i < members.length; i++) {
    const day = facts.day[members.fact[i]!]!;
    if (day < from || day > to) continue;
    asked.push(members.fact[i]!);
    asked.setPerson(asked.length - 1, members.person[i]!);
    places.push(i);
  }
  const cells = new AnswerCells(facts, catalogue, selection, [asked], true);
  const sets = Array.from({ length: cells.size }, (_, cell) => {
    const { group, month } = cells.names(cell);
    return setsOf(group, month!);
  });
  cells.cells[0]!.forEach((cell, i) => {
    if (cell === NO_CELL) return;
    const entry = Math.min(observedTo, facts.day[asked.fact[i]!]!);
    for (const set of sets[cell]!) add(set, members.outcome[places[i]!]!, entry, places[i]!);
  });
}

function add(set: PendingSet, outcome: number, entry: Day, place: number): void {
  set.size++;
  if (outcome === CONVERTED) set.converted++;
  else if (outcome !== PENDING) set.lost++;
  else {
    set.byEntry.set(entry, (set.byEntry.get(entry) ?? 0) + 1);
    set.pending.push(place);
  }
}
