import { type Month } from '#calendar';
import { apportion, apportionOverTime } from './apportion.js';
import { REGISTERED_2017_2018, REGISTERED_2019 } from './earlier-numbers.js';
import { type Journey } from './journey.js';
import { placesOf } from './meetings.js';
import { losePlace, stayAway } from './participation.js';
import { type Plan } from './plan.js';
import { ensure } from './plan.error.js';
import { type Rng } from './rng.js';
import { seat } from './seating.js';
import { participationWeights } from './weights.js';
import { DAY, dayOf, wallClock } from './working-time.js';

/** No appointment of the cycle 2017-2019 is later: it has to be over before the cycle is. */
const LAST_APPOINTMENT = wallClock(dayOf('2019-12-20'), 18 * 60);

/** How many registered in each month of 2017 to 2019, by territory. */
function registeredByTerritory(plan: Plan): Map<string, Map<Month, number>> {
  const weights = participationWeights(plan);
  const months = [...REGISTERED_2017_2018.keys()];
  const numbers = [...REGISTERED_2017_2018.values()];
  const before = apportion(
    numbers.reduce((a, b) => a + b, 0),
    weights,
  );
  const result = plan.territories.map((code, index) => {
    const shares = apportionOverTime(before[index]!, numbers);
    return [code, new Map(months.map((month, at) => [month, shares[at]!]))] as const;
  });
  for (const [month, number] of REGISTERED_2019) {
    const shares = apportion(number, weights);
    result.forEach(([, byMonth], index) => byMonth.set(month, shares[index]!));
  }
  return new Map(result);
}

export interface EarlierPeople {
  readonly participants: Journey[];
  /** Never took part. */
  readonly others: Journey[];
  /** Did not take part before 2020: booked and lost the place by the end of 2019. */
  readonly carriedOver: Journey[];
}

/** The people who registered in 2017 to 2019. */
export function peopleOf2017To2019(plan: Plan): EarlierPeople {
  const rng = plan.rng.part('2017-2019');
  const result: EarlierPeople = { participants: [], others: [], carriedOver: [] };
  const places = placesOf(plan.book.all()).filter(({ start }) => start < wallClock(dayOf('2020-01-01'), 180));
  for (const [territory, byMonth] of registeredByTerritory(plan)) {
    const own = places.filter(({ venue }) => venue.territory === territory);
    const { participants, others } = seat(rng, plan, territory, own, byMonth);
    const carried = carryOver(rng, plan, territory, others);
    const away = others.filter((journey) => !carried.includes(journey));
    for (const journey of away) stayAway(rng, plan.book, journey, LAST_APPOINTMENT);
    result.participants.push(...participants);
    result.others.push(...away);
    result.carriedOver.push(...carried);
  }
  return result;
}

/** Of those without an attendance, as many as the report carries over: each books by the end of 2019 and loses the place. */
function carryOver(rng: Rng, plan: Plan, territory: string, others: readonly Journey[]): Journey[] {
  const wanted = plan.figures.table3_carried_over.registered_2017_2019_attended_2020[territory] ?? 0;
  // Whoever registered late in the cycle is likelier to come back.
  const inOrder = [...others].sort((a, b) => b.registered - a.registered);
  const likely = rng.shuffled(inOrder.slice(0, wanted * 3)).concat(inOrder.slice(wanted * 3));
  const carried: Journey[] = [];
  for (const journey of likely) {
    if (carried.length === wanted) break;
    const meeting = plan.book.appointment(rng, territory, journey.registered + DAY, LAST_APPOINTMENT);
    if (!meeting) continue;
    losePlace(rng, journey, meeting, journey.registered, rng.chance(0.5) ? 'cancelled' : 'absent');
    carried.push(journey);
  }
  ensure(carried.length === wanted, `as many people to carry over in ${territory} as the report tells`);
  return carried;
}
