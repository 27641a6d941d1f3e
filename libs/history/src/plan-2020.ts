import { type Month } from '#calendar';
import { type Journey } from './journey.js';
import { type Meeting } from './meeting-book.js';
import { monthOfMeeting, placesOf } from './meetings.js';
import { losePlace, stayAway, takePart } from './participation.js';
import { type Plan } from './plan.js';
import { ensure, need } from './plan.error.js';
import { type Rng } from './rng.js';
import { type Seated, seat } from './seating.js';
import { DAY, dayOf, monthOf, wallClock } from './working-time.js';

const YEAR_START = wallClock(dayOf('2020-01-01'), 180);
const YEAR_END = wallClock(dayOf('2020-12-31'), 18 * 60);

/** How much likelier somebody carried over comes back in January than in each later month. */
const RETURN_WEIGHTS = [12, 10, 4, 2, 2, 1, 1, 1, 1, 1, 1, 1];

/** Registrations of 2020 by territory and month (Table 2) and participants by venue and month (Table 3). */
export function peopleOf2020(plan: Plan, carriedOver: readonly Journey[]): Seated {
  const rng = plan.rng.part('2020');
  const result: Seated = { participants: [], others: [] };
  const places = placesOf(plan.book.all()).filter(({ start }) => start > YEAR_START && start < YEAR_END);
  for (const territory of plan.territories) {
    const own = places.filter(({ venue }) => venue.territory === territory);
    const back = carriedOver.filter((journey) => journey.territory === territory);
    const taken = placesOfCarriedOver(rng, own, back.length);
    [...taken].forEach((place, index) => takePart(rng, plan.book, back[index]!, own[place]!, YEAR_START));
    const { participants, others } = ofTerritory(
      rng,
      plan,
      territory,
      own.filter((_, place) => !taken.has(place)),
    );
    result.participants.push(...back, ...participants);
    result.others.push(...others);
  }
  return result;
}

function placesOfCarriedOver(rng: Rng, places: readonly Meeting[], count: number): Set<number> {
  const taken = new Set<number>();
  const first = monthOf('2020-01');
  while (taken.size < count) {
    const weights = places.map((meeting, place) =>
      taken.has(place) ? 0 : RETURN_WEIGHTS[monthOfMeeting(meeting) - first]!,
    );
    taken.add(need(rng.weighted(weights), 'a place for somebody carried over'));
  }
  return taken;
}

function ofTerritory(rng: Rng, plan: Plan, territory: string, places: readonly Meeting[]): Seated {
  const printed = need(plan.figures.table2_registered[territory], `registrations of ${territory}`);
  const byMonth = new Map<Month, number>(
    plan.figures.months.map((month, index) => [monthOf(month), printed[index]!]),
  );
  const { participants, others } = seat(rng, plan, territory, places, byMonth);
  answerNobody(rng, plan, territory, others);
  for (const journey of others) if (journey.facts.length === 0) stayAway(rng, plan.book, journey, YEAR_END);
  return { participants, others };
}

/** A call that Table 6 counts and nobody of Table 3 took part in: the person was called and did not answer. */
function answerNobody(rng: Rng, plan: Plan, territory: string, others: readonly Journey[]): void {
  const empty = plan.book
    .all()
    .filter(
      ({ venue, start, expected, held }) =>
        venue.territory === territory && start > YEAR_START && start < YEAR_END && held && expected === 0,
    );
  for (const meeting of empty) {
    const journey = others.find(
      ({ facts, registered }) =>
        facts.length === 0 && registered < meeting.start - 2 * DAY && registered > meeting.start - 60 * DAY,
    );
    ensure(journey !== undefined, `somebody for the call ${meeting.id}`);
    losePlace(rng, journey!, meeting, journey!.registered, 'absent');
  }
}
