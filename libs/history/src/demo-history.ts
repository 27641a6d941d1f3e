import { createHash } from 'node:crypto';
import { aftermathOf2021 } from './aftermath-2021.js';
import { endsOfEarlierPeople, timelyEndsOf2020 } from './ends.js';
import { choicesOf2017To2019 } from './choices-2017-2019.js';
import { choicesOf2020, pactsOf2020 } from './choices-2020.js';
import { contactEvents } from './contacts.js';
import { correctJourneys, meetingInVain } from './corrections.js';
import { type DemoEvent, journeyEvents, meetingEvents } from './emit.js';
import { type Journey } from './journey.js';
import { type Plan, SEED, startPlan } from './plan.js';
import { peopleOf2017To2019 } from './plan-2017-2019.js';
import { peopleOf2020 } from './plan-2020.js';
import { giveProfiles } from './profiles.js';
import { questionnaires } from './questionnaires.js';
import { webTrafficEvents } from './web-traffic.js';

/** By recorded time, then by time; ids settle the rest, so that the order never depends on the sort. */
function inOrder(a: DemoEvent, b: DemoEvent): number {
  return compare(a.recordedtime, b.recordedtime) || compare(a.time, b.time) || compare(a.id, b.id);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function withIds(journeys: readonly Journey[]): Journey[] {
  const sorted = [...journeys].sort((a, b) => a.registered - b.registered);
  sorted.forEach((journey, index) => (journey.id = `j-${String(index + 1).padStart(6, '0')}`));
  return sorted;
}

/** Everybody in the history with all their steps, in the order of registration. */
function people(plan: Plan): Journey[] {
  const before = peopleOf2017To2019(plan);
  const earlier = choicesOf2017To2019(plan, before.participants);
  endsOfEarlierPeople(plan, earlier, before.others);
  const year = peopleOf2020(plan, before.carriedOver);
  choicesOf2020(plan, year.participants, earlier.returning);
  const choosers = [...year.participants, ...earlier.returning].filter(({ choice }) => choice);
  pactsOf2020(plan, choosers);
  const unchosen = year.participants.filter(({ choice }) => !choice);
  timelyEndsOf2020(plan, unchosen, year.others);
  questionnaires(
    plan,
    choosers.filter(({ pact }) => pact),
  );
  const open = (journeys: readonly Journey[]) => journeys.filter(({ closed }) => !closed);
  aftermathOf2021(plan, {
    unsigned: choosers.filter(({ pact }) => !pact),
    unchosen: open(unchosen),
    absentees: open(year.others),
    longAgo: open(earlier.never),
  });
  return withIds([...before.participants, ...before.others, ...year.participants, ...year.others]);
}

/** The first step of each, with the profile that only the whole plan can give. */
function register(plan: Plan, journeys: readonly Journey[]): void {
  giveProfiles(plan, journeys);
  for (const { territory, registered, profile, ...journey } of journeys) {
    journey.facts.push({
      name: 'registered',
      time: registered,
      data: { territory, profile: { ...profile! } },
    });
  }
}

/**
 * The synthetic history: made-up people, meetings, contacts and web traffic of 2017 to 2021 which give every figure
 * of the annual report 2020 at its state (recorded and happened by 2020-12-31). CloudEvents in order of recorded
 * time; the same on every run. Another seed makes up other people with the same printed figures.
 */
export function demoHistory(seed = SEED): DemoEvent[] {
  const plan = startPlan(seed);
  const journeys = people(plan);
  register(plan, journeys);
  correctJourneys(plan, journeys);
  const rng = plan.rng.part('recorded');
  const events = [
    ...journeys.flatMap((journey) => journeyEvents(rng, journey)),
    ...meetingEvents(rng, plan.book.all()),
    ...meetingInVain(plan),
    ...contactEvents(plan),
    ...webTrafficEvents(plan),
  ];
  return events.sort(inOrder);
}

/** SHA-256 in hex of the history's events, one JSON line each. */
export function demoDigest(events: readonly DemoEvent[] = demoHistory()): string {
  const hash = createHash('sha256');
  for (const one of events) hash.update(`${JSON.stringify(one)}\n`);
  return hash.digest('hex');
}
