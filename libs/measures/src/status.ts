import { type Stage, stageOf } from '#events';
import { type MeasuredFact } from './visible-facts.js';

/**
 * The status that a journey's facts leave it in: the last stage that one of them tells, undefined where none does.
 *
 * @param visible the journey's visible facts in order
 */
export function statusOf(visible: readonly Pick<MeasuredFact, 'name'>[]): Stage | undefined {
  const last = visible.findLast(({ name }) => stageOf(name) !== undefined);
  return last && stageOf(last.name);
}
