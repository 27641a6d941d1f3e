import { CONVERTED, LOST, type NowcastSample, OpenDays, PENDING } from '#survival';
import {
  dayOf,
  entriesOfJourney,
  journeysOf,
  visible,
  type OracleCatalogue,
  type OracleEntry,
  type OracleFact,
} from './oracle-facts.js';

const DAY = 86_400_000;
const STATUS = [
  'registered',
  'booked',
  'booking-cancelled',
  'attended',
  'absent',
  'sa-chosen',
  'reception-held',
];
const CLOSED = ['abandoned', 'not-admissible'];
const isStatus = ({ name }: OracleFact) => [...STATUS, 'pds-signed', ...CLOSED].includes(name);
const isClosed = (fact: OracleFact | undefined) => fact !== undefined && CLOSED.includes(fact.name);

const number = (day: string) => Date.parse(day) / DAY;
const ofInstant = (instant: number) => number(dayOf(instant));

/** Someone who took part, and the fact that tells what became of the way to an SA. */
export interface OracleParticipant {
  readonly entry: OracleEntry;
  readonly journey: readonly OracleFact[];
  readonly outcome: number;
  readonly decision: OracleFact | undefined;
}

/** Everybody who took part, with the outcome towards the choice of an SA as known at the end of a day. */
export function oracleParticipants(
  facts: readonly OracleFact[],
  knownAt: number,
  catalogue: OracleCatalogue,
): OracleParticipant[] {
  const cut = { until: knownAt, knownAt };
  return [...journeysOf(facts).values()].flatMap((journey) => {
    const seen = visible(journey, cut);
    return entriesOfJourney(journey, cut, catalogue)
      .filter(({ stage }) => stage === 'attended')
      .map((entry) => {
        const chosen = seen.find(({ name, time }) => name === 'sa-chosen' && time >= entry.time);
        const last = seen.filter(isStatus).at(-1);
        if (chosen) return { entry, journey, outcome: CONVERTED, decision: chosen };
        if (isClosed(last)) return { entry, journey, outcome: LOST, decision: last };
        return { entry, journey, outcome: PENDING, decision: undefined };
      });
  });
}

/** Days on which nothing was closed, both ends included. */
export function oracleOpenDays(
  from: string,
  to: string,
  closed: readonly { readonly from: string; readonly to: string }[],
): number {
  let open = 0;
  for (let day = number(from); day <= number(to); day++) {
    if (!closed.some((one) => day >= number(one.from) && day < number(one.to))) open++;
  }
  return open;
}

/** What the statistics of a nowcast rest on, put together person by person. */
export function oracleSample(
  people: readonly OracleParticipant[],
  today: string,
  closed: readonly { readonly from: string; readonly to: string }[],
): NowcastSample {
  const entry = people.map((one) => number(one.entry.day));
  const closures = closed.map(({ from, to }) => ({ from: number(from), to: number(to) - 1 }));
  const months = people.map(
    (one) => Number(one.entry.day.slice(0, 4)) * 12 + Number(one.entry.day.slice(5, 7)) - 1,
  );
  return {
    observedTo: number(today),
    recordedTo: number(today),
    entry: Int32Array.from(entry),
    outcome: Uint8Array.from(people, ({ outcome }) => outcome),
    day: Int32Array.from(people, ({ decision }) => (decision ? ofInstant(decision.time) : 0)),
    recorded: Int32Array.from(people, ({ decision }) => (decision ? ofInstant(decision.recorded) : 0)),
    cohort: Int32Array.from(months),
    clock: new OpenDays(Math.min(...entry), number(today), closures),
  };
}

/**
 * What all facts tell of those who were pending: chosen or closed by then, and chosen whenever, of those whose end was
 * forecast.
 */
export function oracleOutcome(
  pending: readonly OracleParticipant[],
  then: number,
  isForecast: (entry: OracleEntry) => boolean,
) {
  const counts = { recordedConverted: 0, recordedLost: 0, recordedEventually: 0 };
  for (const { journey, entry } of pending) {
    const later = visible(journey, {});
    const byThen = visible(journey, { until: then });
    const chose = ({ name, time }: OracleFact) => name === 'sa-chosen' && time >= entry.time;
    if (isForecast(entry) && later.some(chose)) counts.recordedEventually++;
    if (byThen.some(chose)) counts.recordedConverted++;
    else if (isClosed(byThen.filter(isStatus).at(-1))) counts.recordedLost++;
  }
  return counts;
}
