import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FunnelStage } from '#events';
import { entriesOf, type Entry } from './entries.js';
import { selectEntries } from './funnel.js';
import { observationEnd } from './observation-end.js';
import { type Outcome, outcomeTowards } from './outcomes.js';
import { type StagePair } from './period-ratio.js';
import { type Selection } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

/** What the definitions ask of the programme. */
export type Programme = Pick<
  Catalogue,
  'cycleOf' | 'venue' | 'sa' | 'isSuspended' | 'territories' | 'venues' | 'sas'
>;

export interface CohortMember {
  readonly entry: Entry;
  readonly outcome: Outcome;
  /** The day on which it converted, was lost, or was last followed. */
  readonly day: Day;
}

/** The entries of a stage that a selection keeps: a cohort, or one side of a ratio. */
export function entriesOfStage(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Selection,
  catalogue: Programme,
  stage: FunnelStage,
): { entry: Entry; visible: MeasuredFact[] }[] {
  return [...journeys].flatMap((facts) => {
    const visible = visibleFacts(facts, selection);
    const entries = entriesOf(facts, selection, catalogue).filter((entry) => entry.stage === stage);
    return selectEntries(entries, selection).map((entry) => ({ entry, visible }));
  });
}

/**
 * The cohort that entered `fromStage`, each member with its outcome towards `toStage`. A pending member is followed to
 * the observation end, and never less than to the day of its entry.
 *
 * @param journeys the facts of each journey
 */
export function cohortMembers(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Selection,
  catalogue: Programme,
  { fromStage, toStage }: StagePair,
  today: Day,
): CohortMember[] {
  const end = observationEnd(selection, today);
  return entriesOfStage(journeys, selection, catalogue, fromStage).map(({ entry, visible }) => {
    const { outcome, day } = outcomeTowards(visible, entry, toStage);
    return { entry, outcome, day: day ?? Math.max(entry.day, end) };
  });
}
