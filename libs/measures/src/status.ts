import { type Stage, stageOf } from '#events';
import { type MeasuredFact } from './visible-facts.js';

/**
 * The status of a journey: the stage of its last visible status fact, undefined where there is none.
 *
 * @param visible the journey's visible facts in order
 */
export function statusOf(visible: readonly Pick<MeasuredFact, 'name'>[]): Stage | undefined {
  const last = visible.findLast(({ name }) => stageOf(name) !== undefined);
  return last && stageOf(last.name);
}
