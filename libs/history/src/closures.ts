import { type Instant, romeDay } from '#calendar';
import { type Journey } from './journey.js';
import { need } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, dayOf, officeMoment } from './working-time.js';

const ABANDONED = new Map([
  ['no_contact', 5],
  ['changed_mind', 4],
  ['found_job', 4],
  ['no_funding', 2],
  ['went_ahead_alone', 2],
  ['other', 1],
]);
/** Before an SA looked at the idea, only what is known of the person can rule somebody out. */
const NOT_ADMISSIBLE_EARLY = new Map([
  ['residence', 4],
  ['already_in_business', 3],
  ['age', 2],
]);
const NOT_ADMISSIBLE_AT_SA = new Map([
  ['idea_not_viable', 5],
  ['already_in_business', 2],
  ['residence', 1],
  ['other', 1],
]);

export type Closure = 'abandoned' | 'not-admissible';

/** Closes a journey on a working day after its last step, not before `from`, until `to`. */
export function closeBetween(
  rng: Rng,
  journey: Journey,
  kind: Closure,
  range: { from: Instant; to: Instant },
  recorded?: Instant,
): void {
  const reasons =
    kind === 'abandoned' ? ABANDONED : journey.choice ? NOT_ADMISSIBLE_AT_SA : NOT_ADMISSIBLE_EARLY;
  const index = need(rng.weighted([...reasons.values()]), 'a reason');
  const first = Math.max(romeDay(range.from), romeDay(journey.lastStep) + 2);
  journey.close(kind, [...reasons.keys()][index]!, officeMoment(rng, first, romeDay(range.to)), recorded);
}

/** Whether a working day is left for a closure until `to`. */
export const canCloseBy = (journey: Journey, to: Instant): boolean => journey.lastStep < to - 14 * DAY;

/** When something of 2020 was recorded that lay unrecorded at the end of the year. */
export const recordedIn2021 = (rng: Rng): Instant => {
  // The smaller of two draws: most of the backlog was worked off early in the year.
  const draws = [0, 1].map(() => officeMoment(rng, dayOf('2021-01-07'), dayOf('2021-05-28')));
  return Math.min(...draws);
};
