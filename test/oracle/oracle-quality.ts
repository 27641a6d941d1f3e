import {
  cycleOf,
  dayOf,
  firstRegistered,
  journeysOf,
  type OracleCatalogue,
  type OracleCut,
  type OracleFact,
  visible,
} from './oracle-facts.js';
import { visibleByScope } from './oracle-other-figures.js';
import { inWindow } from './oracle-rows.js';

export interface OracleFinding {
  readonly kind: string;
  /** Undefined for a fact of no journey. */
  readonly journey: string | undefined;
  readonly day: string;
  /** `source id` of the fact. */
  readonly fact: string;
}

interface Context {
  readonly journey: readonly OracleFact[];
  readonly seen: readonly OracleFact[];
  readonly everybody: readonly OracleFact[];
  readonly cut: OracleCut;
  /** The last day that anything can be known of. */
  readonly end: string;
  readonly catalogue: OracleCatalogue;
}

const FUNNEL = ['registered', 'booked', 'attended', 'sa-chosen', 'pds-signed'];

const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const sameMeeting = (a: OracleFact, b: OracleFact) => {
  const [one, other] = [a.data['meetingId'], b.data['meetingId']];
  if (one !== undefined && other !== undefined) return one === other;
  return a.data['venue'] === b.data['venue'] && dayOf(a.time) === dayOf(b.time);
};

/** Whether a visible fact is a finding of a kind. */
const KINDS: Record<string, (fact: OracleFact, context: Context) => boolean> = {
  out_of_order: (fact, { seen, catalogue }) => {
    const cycle = cycleOf(dayOf(fact.time), catalogue);
    const before = FUNNEL.slice(0, Math.max(0, FUNNEL.indexOf(fact.name)));
    return before.some((name) => {
      const steps = seen.filter((one) => one.name === name && cycleOf(dayOf(one.time), catalogue) === cycle);
      return steps.length > 0 && !steps.some(({ time }) => time <= fact.time);
    });
  },
  pds_without_choice: (fact, { seen }) =>
    fact.name === 'pds-signed' && !seen.some(({ name, time }) => name === 'sa-chosen' && time <= fact.time),
  attended_without_registration: (fact, { seen }) =>
    fact.name === 'attended' && !seen.some(({ name, time }) => name === 'registered' && time <= fact.time),
  booking_unanswered: (fact, { seen, end }) => {
    if (fact.name !== 'booked') return false;
    if (plusDays(dayOf(Date.parse(fact.data['scheduledFor'] as string)), 14) >= end) return false;
    const meeting = fact.data['meetingId'];
    const came = seen.filter(({ name }) => name === 'attended' || name === 'absent');
    const cancelled = seen.filter(({ name }) => name === 'booking-cancelled');
    return (
      !came.some(({ data }) => data['meetingId'] === meeting) &&
      !came.some(({ data, time }) => data['meetingId'] === undefined && time >= fact.time) &&
      !cancelled.some(({ data, time }) => data['meetingId'] === meeting && time >= fact.time)
    );
  },
  attended_and_absent: (fact, { seen }) =>
    fact.name === 'absent' && seen.some((one) => one.name === 'attended' && sameMeeting(one, fact)),
  sa_outside_territory: (fact, { journey, cut, catalogue }) => {
    if (!['sa-chosen', 'reception-held', 'pds-signed'].includes(fact.name)) return false;
    const home = firstRegistered(journey, cut)?.data['territory'];
    return (
      home !== undefined && catalogue.sas.find(({ code }) => code === fact.data['sa'])!.territory !== home
    );
  },
  recorded_late: ({ time, recorded }) => recorded - time > 30 * 86_400_000,
  id_under_two_subjects: (fact, { everybody }) =>
    everybody.some(
      ({ source, id, subject }) => source === fact.source && id === fact.id && subject !== fact.subject,
    ),
};

/** All findings of facts in the window, where every fact was imported later than it says it was recorded. */
export function oracleFindings(
  facts: readonly OracleFact[],
  question: OracleCut & { readonly from?: string; readonly to?: string },
  today: string,
  catalogue: OracleCatalogue,
): OracleFinding[] {
  const { until = Infinity, knownAt = Infinity } = question;
  const ends = [today, ...[until, knownAt].filter((cut) => cut !== Infinity).map(dayOf)];
  const end = ends.sort()[0]!;
  const journeys = [...journeysOf(facts)];
  const everybody = journeys.flatMap(([, journey]) => visible(journey, question));
  const others = otherFindings(facts, question).filter(({ day }) => inWindow(day, question));
  const ofJourneys = journeys.flatMap(([id, journey]) => {
    const seen = visible(journey, question);
    const context = { journey, seen, everybody, cut: question, end, catalogue };
    const finding = (kind: string, fact: OracleFact): OracleFinding => ({
      kind,
      journey: id,
      day: dayOf(fact.time),
      fact: `${fact.source} ${fact.id}`,
    });
    const retractions = journey.filter(
      ({ name, recorded, time }) => name === 'retracted' && recorded <= knownAt && time <= until,
    );
    return [
      ...seen.flatMap((fact) =>
        Object.entries(KINDS)
          .filter(([, isFinding]) => isFinding(fact, context))
          .map(([kind]) => finding(kind, fact)),
      ),
      ...[...seen, ...retractions].map((fact) => finding('past_rewritten', fact)),
    ].filter(({ day }) => inWindow(day, question));
  });
  return [...ofJourneys, ...others];
}

/** The findings among meetings, contacts and web traffic, where every fact was imported. */
function otherFindings(facts: readonly OracleFact[], cut: OracleCut): OracleFinding[] {
  const { until = Infinity, knownAt = Infinity } = cut;
  const finding = (kind: string, fact: OracleFact): OracleFinding => ({
    kind,
    journey: undefined,
    day: dayOf(fact.time),
    fact: `${fact.source} ${fact.id}`,
  });
  const seen = ['meeting-held', 'contact-handled', 'web-traffic'].flatMap((name) =>
    visibleByScope(facts, name, cut).flat(),
  );
  const ofJourneys = new Set([...journeysOf(facts).values()].flat());
  const retractions = facts.filter(
    (fact) =>
      fact.name === 'retracted' && !ofJourneys.has(fact) && fact.recorded <= knownAt && fact.time <= until,
  );
  const meetings = seen.filter(({ name }) => name === 'meeting-held');
  const shared = meetings.filter((fact) =>
    meetings.some(
      ({ source, id, subject }) => source === fact.source && id === fact.id && subject !== fact.subject,
    ),
  );
  return [
    ...[...seen, ...retractions].map((fact) => finding('past_rewritten', fact)),
    ...seen
      .filter(({ time, recorded }) => recorded - time > 30 * 86_400_000)
      .map((fact) => finding('recorded_late', fact)),
    ...shared.map((fact) => finding('id_under_two_subjects', fact)),
  ];
}
