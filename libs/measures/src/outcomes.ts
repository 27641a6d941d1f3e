import { type Day, romeDay } from '#calendar';
import { type FunnelStage, stageOf } from '#events';
import { type Entry } from './entries.js';
import { type MeasuredFact } from './visible-facts.js';

/** What became of a member of a cohort towards a later stage. */
export const OUTCOMES = ['converted', 'abandoned', 'notAdmissible', 'pending'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface DecidedOutcome<F extends MeasuredFact = MeasuredFact> {
  readonly outcome: Outcome;
  /** The fact that decides it; while it is pending the last status fact, which leaves it open. */
  readonly fact: F | undefined;
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
export function outcomeTowards<F extends MeasuredFact>(
  visible: readonly F[],
  entry: Pick<Entry, 'time'>,
  toStage: FunnelStage,
): DecidedOutcome<F> {
  const reached = visible.find(({ name, time }) => stageOf(name) === toStage && time >= entry.time);
  if (reached) return decided('converted', reached);
  const last = visible.findLast(({ name }) => stageOf(name) !== undefined);
  if (last?.name === 'abandoned') return decided('abandoned', last);
  if (last?.name === 'not-admissible') return decided('notAdmissible', last);
  return { outcome: 'pending', fact: last, day: undefined };
}

function decided<F extends MeasuredFact>(outcome: Outcome, fact: F): DecidedOutcome<F> {
  return { outcome, fact, day: romeDay(fact.time) };
}
