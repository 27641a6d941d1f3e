import { type FactName } from '#events';
import { type MeasuredFact } from '#measures';
import { FoldError } from './fold.error.js';

/**
 * The fact that a retraction takes back: among the earlier facts of its group the one with that source and id and,
 * where the retraction names one, that type.
 *
 * @throws FoldError when there is none. Ingest lets no such retraction in; a log from elsewhere may hold one.
 */
export function retractionTarget<F extends MeasuredFact>(
  retraction: MeasuredFact<'retracted'>,
  earlier: readonly F[],
): Extract<F, { readonly name: Exclude<FactName, 'retracted'> }> {
  const { source, id, type } = retraction.data;
  const target = earlier.find(
    (fact): fact is Extract<F, { readonly name: Exclude<FactName, 'retracted'> }> =>
      fact.id === id &&
      fact.source === source &&
      fact.name !== 'retracted' &&
      (type === undefined || fact.type === type),
  );
  if (!target) {
    throw new FoldError(
      `the retraction at position ${retraction.position} takes back an event that is not there`,
    );
  }
  return target;
}
