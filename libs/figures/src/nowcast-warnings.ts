import { type Catalogue } from '#catalogue';
import { type Selection } from '#measures';
import { type NowcastSample } from '#survival';
import { type NowcastQuestion } from './nowcast.figure.js';

/** What to bear in mind with a forecast that is not wrong, but easily misread. */
export type NowcastWarning = 'suspension_not_excluded' | 'groups_share_hazards';

/**
 * `suspension_not_excluded`: `toStage` was suspended after the first entry and the clock did not stand still, so that a
 * closure is taken for people who don't come. `groups_share_hazards`: the groups are told apart by how long their pending
 * have waited, and by nothing else.
 */
export function nowcastWarnings(
  { suspensions }: Pick<Catalogue, 'suspensions'>,
  { groupBy }: Pick<Selection, 'groupBy'>,
  { toStage, net }: NowcastQuestion,
  { clock, observedTo }: Pick<NowcastSample, 'clock' | 'observedTo'>,
): NowcastWarning[] {
  const suspended = suspensions.some(
    ({ stage, from, to }) => stage === toStage && from <= observedTo && to > clock.first,
  );
  return [
    ...(suspended && !net ? (['suspension_not_excluded'] as const) : []),
    ...(groupBy.length > 0 ? (['groups_share_hazards'] as const) : []),
  ];
}
