import { monthOfDay } from '#calendar';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { entriesOfStage, type Programme } from './cohort-members.js';
import { GroupTable, type RowNames } from './group-table.js';
import { type Outcome, OUTCOMES, outcomeTowards } from './outcomes.js';
import { groupOf } from './selected.js';
import { type Selection } from './selection.js';
import { type MeasuredFact } from './visible-facts.js';

/** How many members of a cohort have which outcome. */
export type OutcomeCounts = Record<Outcome, number>;

export interface CohortRow {
  readonly size: number;
  /** By later stage: how many have reached it. */
  readonly reached: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, OutcomeCounts>>;
}

/** The funnel stages after a stage, in order. */
export function laterStages(stage: FunnelStage): FunnelStage[] {
  return FUNNEL_STAGES.slice(FUNNEL_STAGES.indexOf(stage) + 1);
}

/** A row of the cohort funnel. @param outcomes by later stage, in the order of the funnel */
export function cohortRow(
  size: number,
  outcomes: readonly (readonly [stage: FunnelStage, counts: OutcomeCounts])[],
): CohortRow {
  return {
    size,
    reached: Object.fromEntries(outcomes.map(([stage, { converted }]) => [stage, converted])),
    outcomes: Object.fromEntries(outcomes.map(([stage, counts]) => [stage, { ...counts }])),
  };
}

/**
 * The cohort funnel: of those who entered a stage, how many reached each later one, and what became of the others.
 *
 * @param journeys the facts of each journey
 * @throws MeasureError `too-many-rows`
 */
export function cohortFunnel(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Selection,
  catalogue: Programme,
  { stage, byMonth }: { readonly stage: FunnelStage; readonly byMonth: boolean },
): { items: (RowNames & CohortRow)[]; totals: CohortRow } {
  const later = laterStages(stage);
  const table = new GroupTable(selection.groupBy, (): Record<string, Outcome>[] => [], byMonth);
  const all: Record<string, Outcome>[] = [];
  for (const { entry, visible } of entriesOfStage(journeys, selection, catalogue, stage)) {
    const member = Object.fromEntries(later.map((to) => [to, outcomeTowards(visible, entry, to).outcome]));
    table.at(groupOf(entry.dimensions, selection.groupBy), monthOfDay(entry.day)).push(member);
    all.push(member);
  }
  const count = (members: readonly Record<string, Outcome>[]) =>
    cohortRow(
      members.length,
      later.map((to) => [
        to,
        Object.fromEntries(
          OUTCOMES.map((outcome) => [outcome, members.filter((member) => member[to] === outcome).length]),
        ) as OutcomeCounts,
      ]),
    );
  const rows = table.inOrder(catalogue);
  return { items: rows.map(({ names, value }) => ({ ...names, ...count(value) })), totals: count(all) };
}
