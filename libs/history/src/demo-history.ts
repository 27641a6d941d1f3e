import { createHash } from 'node:crypto';
import { type DemoEvent, journeyEvents, meetingEvents } from './emit.js';
import { choicesOf2017To2019 } from './choices-2017-2019.js';
import { choicesOf2020, pactsOf2020 } from './choices-2020.js';
import { type Journey } from './journey.js';
import { SEED, startPlan } from './plan.js';
import { peopleOf2017To2019 } from './plan-2017-2019.js';
import { peopleOf2020 } from './plan-2020.js';

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

/**
 * The synthetic history: made-up people, meetings, contacts and web traffic of 2017 to 2021 which give every figure
 * of the annual report 2020 at its state (recorded and happened by 2020-12-31). CloudEvents in order of recorded
 * time; the same on every run.
 */
export function demoHistory(): DemoEvent[] {
  const plan = startPlan(SEED);
  const before = peopleOf2017To2019(plan);
  const earlier = choicesOf2017To2019(plan, before.participants);
  const year = peopleOf2020(plan, before.carriedOver);
  choicesOf2020(plan, year.participants, earlier.returning);
  pactsOf2020(plan, [...year.participants, ...earlier.returning]);
  const journeys = withIds([...before.participants, ...before.others, ...year.participants, ...year.others]);
  for (const journey of journeys) {
    journey.add('registered', journey.registered, { territory: journey.territory });
  }
  const rng = plan.rng.part('emit');
  const events = [
    ...journeys.flatMap((journey) => journeyEvents(rng, journey)),
    ...meetingEvents(rng, plan.book.all()),
  ];
  return events.sort(inOrder);
}

/** SHA-256 in hex of the history's events, one JSON line each. */
export function demoDigest(events: readonly DemoEvent[] = demoHistory()): string {
  const hash = createHash('sha256');
  for (const one of events) hash.update(`${JSON.stringify(one)}\n`);
  return hash.digest('hex');
}
