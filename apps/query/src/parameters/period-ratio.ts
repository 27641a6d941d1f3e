import { FUNNEL_STAGES } from '#events';
import { type Selection, type StagePair, unsharedKey } from '#measures';
import { invalidParameters } from './invalid-parameters.js';

/** The two stages of a question, with the defaults of the annual report's Table 8. */
export function stagePair({ fromStage, toStage }: Partial<StagePair>): StagePair {
  const pair: StagePair = { fromStage: fromStage ?? 'attended', toStage: toStage ?? 'saChosen' };
  if (FUNNEL_STAGES.indexOf(pair.fromStage) < FUNNEL_STAGES.indexOf(pair.toStage)) return pair;
  const parameter = fromStage === undefined ? 'toStage' : 'fromStage';
  const detail = `${pair.fromStage} does not come before ${pair.toStage} in the funnel`;
  throw invalidParameters([{ parameter, detail }]);
}

/** @throws ProblemError `invalid-parameter` when the ratio is asked by a key that the two stages don't share */
export function checkSharedKeys(pair: StagePair, selection: Selection): void {
  const key = unsharedKey(pair, selection);
  if (key === undefined) return;
  const parameter = selection.groupBy.includes(key) ? 'groupBy' : key;
  const detail = `entries of ${pair.fromStage} and ${pair.toStage} cannot be compared by ${key}`;
  throw invalidParameters([{ parameter, detail }]);
}
