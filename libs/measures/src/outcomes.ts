import { type Day, romeDay } from '#calendar';
import { type FunnelStage, stageOf } from '#events';
import { type Entry } from './entries.js';
import { type MeasuredFact } from './visible-facts.js';

/** What became of a member of a cohort towards a later stage. */
export const OUTCOMES = ['converted', 'abandoned', 'notAdmissible', 'pending'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface DecidedOutcome {
  readonly outcome: Outcome;
  /** The day of the fact that decides it; undefined while it is pending. */
  readonly day: Day | undefined;
}

/**
 * The outcome of an entry towards a later stage. Converted: the journey has a visible fact of that stage, in whatever
 * cycle, at or after the entry. Otherwise the journey's last visible status fact decides: abandoned, not admissible, or
 * else pending.
 *
 * @param visible the journey's visible facts in order
 */
export function outcomeTowards(
  visible: readonly MeasuredFact[],
  entry: Pick<Entry, 'time'>,
  toStage: FunnelStage,
): DecidedOutcome {
  const reached = visible.find(({ name, time }) => stageOf(name) === toStage && time >= entry.time);
  if (reached) return { outcome: 'converted', day: romeDay(reached.time) };
  const last = visible.findLast(({ name }) => stageOf(name) !== undefined);
  if (last?.name === 'abandoned') return { outcome: 'abandoned', day: romeDay(last.time) };
  if (last?.name === 'not-admissible') return { outcome: 'notAdmissible', day: romeDay(last.time) };
  return { outcome: 'pending', day: undefined };
}
