import { type EarlierChoices } from './choices-2017-2019.js';
import { canCloseBy, closeBetween } from './closures.js';
import { type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { type Rng } from './rng.js';
import { DAY, dayOf, officeMoment, wallClock } from './working-time.js';
import { romeDay } from '#calendar';

/** What is closed in due time in 2020 is written down before the year ends. */
const LAST_TIMELY = wallClock(dayOf('2020-12-04'), 18 * 60);

/** Shares of a group that end in each way; the rest stays as it is. */
interface Ends {
  readonly abandoned: number;
  readonly notAdmissible: number;
}

function endSome(rng: Rng, journeys: readonly Journey[], { abandoned, notAdmissible }: Ends): void {
  for (const journey of journeys) {
    const chance = rng.next();
    const kind =
      chance < abandoned ? 'abandoned' : chance < abandoned + notAdmissible ? 'not-admissible' : undefined;
    if (!kind || !canCloseBy(journey, LAST_TIMELY)) continue;
    const from = journey.lastStep + rng.between(5, 60) * DAY;
    const to = Math.min(from + rng.between(20, 240) * DAY, LAST_TIMELY);
    closeBetween(rng, journey, kind, { from: Math.min(from, LAST_TIMELY - 7 * DAY), to });
  }
}

/** Received by the SA in the cycle 2017-2019, and no PdS came of it. */
function receiveSome(rng: Rng, journeys: readonly Journey[], share: number): void {
  for (const journey of journeys) {
    const last = dayOf('2020-02-20');
    const chosen = romeDay(journey.choice!.time);
    if (rng.chance(share)) journey.receive(officeMoment(rng, chosen + 2, Math.min(chosen + 50, last)));
  }
}

/**
 * What the report does not tell of the people of 2017 to 2019: who was received without a PdS, who abandoned and who
 * was refused, all of it recorded in due time by the end of 2020. To be told before anybody chooses again in 2020.
 */
export function endsOfEarlierPeople(plan: Plan, earlier: EarlierChoices, others: readonly Journey[]): void {
  const rng = plan.rng.part('earlier-ends');
  receiveSome(rng, earlier.returning, 0.35);
  receiveSome(rng, earlier.unsigned, 0.5);
  endSome(rng, earlier.unsigned, { abandoned: 0.45, notAdmissible: 0.2 });
  endSome(rng, earlier.never, { abandoned: 0.38, notAdmissible: 0.1 });
  endSome(rng, others, { abandoned: 0.1, notAdmissible: 0.06 });
}

/** The same for the people of 2020 who had not chosen an SA by its end. */
export function timelyEndsOf2020(
  plan: Plan,
  unchosen: readonly Journey[],
  absentees: readonly Journey[],
): void {
  const rng = plan.rng.part('ends-2020');
  endSome(rng, unchosen, { abandoned: 0.16, notAdmissible: 0.06 });
  endSome(rng, absentees, { abandoned: 0.1, notAdmissible: 0.09 });
}
