import { type Instant, romeDay, startOfDay } from '#calendar';
import { type FactName, type JsonObject } from '#events';
import { recordedIn2021 } from './closures.js';
import { type DemoEvent, event, retraction } from './emit.js';
import { type DraftFact, type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { need } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, HOUR, MINUTE, dayOf, officeMoment, wakingMoment } from './working-time.js';

/**
 * When a slip is recorded, and when it is noticed: six weeks after the fact at the latest, so that what goes wrong
 * until the end of October 2020 is put right within the year.
 */
function slipTimes(rng: Rng, time: Instant): { recorded: Instant; noticed: Instant } {
  const recorded = officeMoment(rng, romeDay(time) + 1, romeDay(time) + 6);
  return { recorded, noticed: officeMoment(rng, romeDay(recorded) + 2, romeDay(recorded) + 30) };
}

/** Lets a fact be sent wrongly first: taken back when it is noticed, and sent again as it should have been. */
function sendWronglyFirst(rng: Rng, fact: DraftFact, wrong: JsonObject): void {
  const { recorded, noticed } = slipTimes(rng, fact.time);
  fact.recorded = recorded;
  fact.slip = { reason: 'recorded_in_error', sentFirst: wrong, sentAgain: true, noticed };
}

/** A fact that should never have been sent, and is taken back. */
function sendInVain(
  journey: Journey,
  fact: { name: FactName; time: Instant; data: JsonObject; recorded: Instant; noticed: Instant },
  reason: 'wrong_person' | 'duplicate',
): void {
  const draft = journey.add(fact.name, fact.time, fact.data, fact.recorded);
  draft.slip = { reason, sentFirst: fact.data, sentAgain: false, noticed: fact.noticed };
}

interface Found {
  readonly journey: Journey;
  readonly fact: DraftFact;
}

/** Facts of a type within [from, to) (days), in a random order, none with a recorded time or slip of its own. */
function some(rng: Rng, journeys: readonly Journey[], name: FactName, from: string, to: string): Found[] {
  const [first, end] = [startOfDay(dayOf(from)), startOfDay(dayOf(to))];
  const within = ({ time }: DraftFact) => time >= first && time < end;
  return rng.shuffled(
    journeys.flatMap((journey) =>
      journey.facts
        .filter((fact) => fact.name === name && !fact.slip && fact.recorded === undefined && within(fact))
        .map((fact) => ({ journey, fact })),
    ),
  );
}

/** Attendances entered for the wrong venue of the same territory and mode. */
function wrongVenues(rng: Rng, plan: Plan, journeys: readonly Journey[]): void {
  const { venues } = plan.catalogue;
  for (const [from, to, count] of [
    ['2019-02-01', '2019-10-01', 4],
    ['2020-01-01', '2020-02-24', 3],
    ['2020-05-01', '2020-11-01', 3],
  ] as const) {
    const candidates = some(rng, journeys, 'attended', from, to).map(({ fact }) => {
      const right = need(plan.catalogue.venue(fact.data['venue'] as string), 'the venue');
      const similar = venues.filter(
        ({ code, territory, mode }) =>
          code !== right.code && territory === right.territory && mode === right.mode,
      );
      return { fact, similar };
    });
    for (const { fact, similar } of candidates.filter(({ similar }) => similar.length > 0).slice(0, count)) {
      sendWronglyFirst(rng, fact, { ...fact.data, venue: rng.pick(similar).code });
    }
  }
}

/** Pacts entered for another SA of the territory. */
function wrongSas(rng: Rng, plan: Plan, journeys: readonly Journey[]): void {
  for (const { journey, fact } of some(rng, journeys, 'pds-signed', '2020-09-14', '2020-11-01').slice(0, 3)) {
    const others = plan.sasOf(journey.territory).filter(({ code }) => code !== fact.data['sa']);
    sendWronglyFirst(rng, fact, { sa: rng.pick(others).code });
  }
}

/** Registrations with a working condition that was put right after a call. */
function wrongProfiles(rng: Rng, journeys: readonly Journey[]): void {
  for (const { fact } of some(rng, journeys, 'registered', '2020-01-01', '2020-11-01').slice(0, 4)) {
    const profile = fact.data['profile'] as JsonObject;
    const wrong = profile['employment'] === 'employed' ? 'other' : 'employed';
    sendWronglyFirst(rng, fact, { ...fact.data, profile: { ...profile, employment: wrong } });
  }
}

/** Attendances entered for somebody who had not come; the absence is entered once that is noticed. */
function wrongPeople(rng: Rng, journeys: readonly Journey[]): void {
  const absentees = journeys.filter(({ attended }) => attended === undefined);
  for (const { journey, fact } of some(rng, absentees, 'absent', '2020-05-01', '2020-11-01').slice(0, 3)) {
    const times = slipTimes(rng, fact.time);
    sendInVain(journey, { name: 'attended', time: fact.time, data: fact.data, ...times }, 'wrong_person');
    fact.recorded = times.noticed + 2 * MINUTE;
  }
}

/** Choices that were sent twice. */
function sentTwice(rng: Rng, journeys: readonly Journey[]): void {
  for (const { journey, fact } of some(rng, journeys, 'sa-chosen', '2020-09-14', '2020-11-01').slice(0, 3)) {
    const { name, data } = fact;
    const time = fact.time + 40_000;
    sendInVain(journey, { name, time, data, ...slipTimes(rng, time) }, 'duplicate');
  }
}

/** Closures of 2020 that were noted down in 2021 for people who in fact went on and signed. */
function closedByMistake(rng: Rng, journeys: readonly Journey[]): void {
  const wentOn = journeys.filter(
    ({ choice, pact }) =>
      choice &&
      pact &&
      choice.time < startOfDay(dayOf('2020-12-01')) &&
      pact.time >= startOfDay(dayOf('2021-01-01')),
  );
  for (const journey of rng.shuffled(wentOn).slice(0, 3)) {
    const last = journey.choice!.time;
    const time = wakingMoment(rng, last + 5 * DAY, last + 20 * DAY);
    const recorded = recordedIn2021(rng);
    const noticed = recorded + rng.between(3, 25) * DAY;
    const data = { sa: journey.choice!.sa, reason: 'no_contact' };
    sendInVain(journey, { name: 'abandoned', time, data, recorded, noticed }, 'wrong_person');
  }
}

/** The few corrections among the journeys; none touches a printed count at the state of the report. */
export function correctJourneys(plan: Plan, journeys: readonly Journey[]): void {
  const rng = plan.rng.part('corrections');
  wrongVenues(rng, plan, journeys);
  wrongSas(rng, plan, journeys);
  wrongProfiles(rng, journeys);
  wrongPeople(rng, journeys);
  sentTwice(rng, journeys);
  closedByMistake(rng, journeys);
}

/** A meeting that was entered and had not taken place: taken back two days later. */
export function meetingInVain(plan: Plan): DemoEvent[] {
  const venue = need(plan.catalogue.venue('ONLINE-TORINO'), 'the online venue');
  const time = Date.parse('2020-07-14T15:00:00.000Z');
  const held = event('meeting-held', {
    id: 'ONLINE-TORINO-cancelled-held',
    subject: 'ONLINE-TORINO-2020-07-14-cancelled',
    time,
    recorded: time + 2 * HOUR,
    data: { venue: venue.code, capacity: 10 },
  });
  return [held, retraction(held, `${held.id}-r`, time + 2 * DAY, 'recorded_in_error')];
}
