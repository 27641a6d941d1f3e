import { type Month } from '#calendar';
import { Journey } from './journey.js';
import { matchMonths } from './match-months.js';
import { type Meeting } from './meeting-book.js';
import { monthOfMeeting } from './meetings.js';
import { latestRegistration, registrationMoment, takePart } from './participation.js';
import { type Plan } from './plan.js';
import { type Rng } from './rng.js';

/** The people of one territory: those who took part, and those of whom no more is told yet than that they registered. */
export interface Seated {
  readonly participants: Journey[];
  readonly others: Journey[];
}

/** Registers as many people in each month as given, and gives every place in a meeting to one of them. */
export function seat(
  rng: Rng,
  plan: Plan,
  territory: string,
  places: readonly Meeting[],
  registered: ReadonlyMap<Month, number>,
): Seated {
  const { taken, left } = matchMonths(rng, places.map(monthOfMeeting), registered);
  const participants = places.map((meeting, index) => {
    const moment = registrationMoment(rng, taken[index]!, latestRegistration(meeting));
    const journey = new Journey(territory, moment);
    takePart(rng, plan.book, journey, meeting);
    return journey;
  });
  const others = [...left].flatMap(([month, count]) =>
    Array.from({ length: count }, () => new Journey(territory, registrationMoment(rng, month))),
  );
  return { participants, others };
}
