import { type Day, type Instant, type Month, firstDayOfMonth, romeDay, startOfDay } from '#calendar';
import { type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { ensure, need } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, HOUR, lastWorkingDay, officeMoment, wakingMoment } from './working-time.js';

/** How much of its territory each SA got, by its choices of 2020 (Table 7): the measure for other years too. */
export function likelySa(rng: Rng, plan: Plan, territory: string): string {
  const sas = plan.sasOf(territory);
  const weights = sas.map(({ code }) =>
    need(plan.figures.table7_choices.by_provider[code], `choices of ${code}`).reduce((a, b) => a + b, 0),
  );
  return sas[need(rng.weighted(weights), `an SA of ${territory}`)]!.code;
}

/** Takes journeys out of those that may, one by one, each with a chance in proportion to its weight. */
export function draw(
  rng: Rng,
  count: number,
  candidates: readonly Journey[],
  weight: (journey: Journey) => number,
): Journey[] {
  ensure(candidates.length >= count, `${candidates.length} people are too few for ${count}`);
  const weights = candidates.map(weight);
  return Array.from({ length: count }, () => {
    const index = need(rng.weighted(weights), 'somebody to draw');
    weights[index] = 0;
    return candidates[index]!;
  });
}

/** The moment of a choice: after the meeting, mostly soon; 24 days at most where `until` leaves as much. */
export function choiceMoment(rng: Rng, attended: Instant, until: Instant): Instant {
  const from = attended + 2 * HOUR;
  const span = rng.between(2, 24) * DAY;
  return wakingMoment(rng, from, Math.max(from, Math.min(until, from + span)));
}

/** The last day of a month on which a pact is signed. */
export const lastPactDay = (month: Month): Day => lastWorkingDay(month);

/** A pact in the month, at the earliest on the day after the choice. */
export function pactMoment(rng: Rng, month: Month, choice: Instant, opened: Day = 0): Instant {
  const from = Math.max(firstDayOfMonth(month), romeDay(choice) + 1, opened);
  return officeMoment(rng, from, lastPactDay(month));
}

/** Whether a working day is left in the month for a pact after this choice. */
export const inTimeForPact = (choice: Instant, month: Month): boolean =>
  choice < startOfDay(lastPactDay(month));
