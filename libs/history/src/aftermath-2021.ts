import { type Instant, endOfDay, romeDay, startOfDay } from '#calendar';
import { deal } from './apportion.js';
import { likelySa } from './choosing.js';
import { type Closure, canCloseBy, closeBetween, recordedIn2021 } from './closures.js';
import { type Journey } from './journey.js';
import { placesOf } from './meetings.js';
import { takePart } from './participation.js';
import { type Plan } from './plan.js';
import { ensure } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, dayOf, officeMoment, wakingMoment } from './working-time.js';

const OPENING = dayOf('2021-01-07');
const LAST_OF_2020: Instant = endOfDay(dayOf('2020-12-29'));
const IN_2021 = { from: startOfDay(OPENING), to: endOfDay(dayOf('2021-09-30')) };

/** Whom the end of 2020 left waiting. */
export interface Waiting {
  /** Chose in 2020 and has not signed: the 365. */
  readonly unsigned: readonly Journey[];
  /** Attended in 2020, not chosen, not closed. */
  readonly unchosen: readonly Journey[];
  /** Registered in 2020, never attended, not closed. */
  readonly absentees: readonly Journey[];
  /** Attended by the end of 2019, never chose, not closed. */
  readonly longAgo: readonly Journey[];
}

function closeAll(rng: Rng, journeys: readonly Journey[], kind: Closure): void {
  for (const journey of journeys) closeBetween(rng, journey, kind, IN_2021);
}

/** Closures that happened in 2020 and were written down in 2021 only. */
function closeUnnoticed(rng: Rng, journeys: readonly Journey[], kind: Closure): void {
  for (const journey of journeys) {
    closeBetween(rng, journey, kind, { from: journey.lastStep, to: LAST_OF_2020 }, recordedIn2021(rng));
  }
}

function signLate(rng: Rng, journey: Journey): void {
  const first = Math.max(OPENING, romeDay(journey.choice!.time) + 4);
  journey.sign(officeMoment(rng, first, first + rng.between(10, 120)));
}

function chooseLate(rng: Rng, plan: Plan, journey: Journey): void {
  const from = Math.max(startOfDay(OPENING), journey.attended! + DAY);
  journey.choose(
    likelySa(rng, plan, journey.territory),
    wakingMoment(rng, from, from + rng.between(10, 110) * DAY),
  );
}

/** People in an order by chance, those first who can have been closed in 2020 without anybody noting it. */
function closableFirst(rng: Rng, journeys: readonly Journey[]): Journey[] {
  const mixed = rng.shuffled(journeys);
  const closable = (journey: Journey) => canCloseBy(journey, LAST_OF_2020);
  return [...mixed.filter(closable), ...mixed.filter((journey) => !closable(journey))];
}

/** The 365 without a pact: lost without anybody noting it, about to sign, lost later, or still waiting. */
function goOnUnsigned(rng: Rng, journeys: readonly Journey[]): void {
  const [gone, refused, rest] = deal(closableFirst(rng, journeys), [60, 25]) as [
    Journey[],
    Journey[],
    Journey[],
  ];
  closeUnnoticed(rng, gone, 'abandoned');
  closeUnnoticed(rng, refused, 'not-admissible');
  for (const journey of rest) {
    if (canCloseBy(journey, LAST_OF_2020) && rng.chance(0.2)) {
      const met = officeMoment(rng, romeDay(journey.lastStep) + 2, romeDay(LAST_OF_2020));
      journey.receive(met, recordedIn2021(rng));
    }
  }
  const [signing, leaving, turnedDown, received] = deal(rng.shuffled(rest), [130, 45, 15, 30]);
  for (const journey of signing!) signLate(rng, journey);
  closeAll(rng, leaving!, 'abandoned');
  closeAll(rng, turnedDown!, 'not-admissible');
  for (const journey of received!) journey.receive(officeMoment(rng, OPENING, dayOf('2021-06-30')));
}

function goOnUnchosen(rng: Rng, plan: Plan, journeys: readonly Journey[]): void {
  const [gone, refused, rest] = deal(closableFirst(rng, journeys), [75, 20]) as [
    Journey[],
    Journey[],
    Journey[],
  ];
  closeUnnoticed(rng, gone, 'abandoned');
  closeUnnoticed(rng, refused, 'not-admissible');
  const [choosing, leaving, turnedDown] = deal(rng.shuffled(rest), [150, 60, 20]);
  for (const journey of choosing!) chooseLate(rng, plan, journey);
  for (const journey of choosing!.slice(0, 85)) signLate(rng, journey);
  closeAll(rng, leaving!, 'abandoned');
  closeAll(rng, turnedDown!, 'not-admissible');
}

/** Those who come to a meeting in 2021 at last; half of them go on. */
function attendLate(rng: Rng, plan: Plan, absentees: readonly Journey[]): void {
  const places = placesOf(plan.book.all()).filter(({ start }) => start >= startOfDay(dayOf('2021-01-01')));
  for (const territory of plan.territories) {
    const own = places.filter(({ venue }) => venue.territory === territory);
    // Whoever registered last had least time to come in 2020.
    const latest = absentees
      .filter((journey) => journey.territory === territory)
      .sort((a, b) => b.registered - a.registered);
    ensure(latest.length >= own.length, `people for the meetings of 2021 in ${territory}`);
    own.forEach((meeting, index) => {
      const journey = latest[index]!;
      takePart(rng, plan.book, journey, meeting);
      if (index % 2 === 0) chooseLate(rng, plan, journey);
      if (index % 4 === 0) signLate(rng, journey);
    });
  }
}

/** The year 2021: what became of everybody who was waiting at the end of 2020, and what was noted down late. */
export function aftermathOf2021(plan: Plan, waiting: Waiting): void {
  const rng = plan.rng.part('aftermath-2021');
  goOnUnsigned(rng, waiting.unsigned);
  goOnUnchosen(rng, plan, waiting.unchosen);
  attendLate(rng, plan, waiting.absentees);
  const [late] = deal(rng.shuffled(waiting.longAgo), [25]);
  for (const journey of late!) chooseLate(rng, plan, journey);
  for (const journey of late!.slice(0, 12)) signLate(rng, journey);
}
