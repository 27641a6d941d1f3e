import { DAY_MS, type Day, type Instant } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FactName, FUNNEL_STAGES, type FunnelStage, stageOf } from '#events';

/** What the checks read of a fact. */
export interface QualityFact {
  readonly name: FactName;
  readonly time: Instant;
  /** Rome day of `time`. */
  readonly day: Day;
  readonly recorded: Instant;
  /** It was taken with a recorded time older than the server's clock: what a past `knownAt` shows has changed. */
  readonly rewritesPast: boolean;
  /** Code of the venue, SA or territory that it names; `none` without one. */
  readonly place: string;
  readonly meetingId: string | undefined;
  /** Of a booking: the Rome day that the meeting is on. */
  readonly scheduledDay: Day | undefined;
  /** A visible fact of another journey has the same source and id. */
  readonly isDouble: boolean;
}

/** One journey at the cut-offs. */
export interface QualityJourney<F extends QualityFact = QualityFact> {
  /** Its visible facts in order. */
  readonly facts: readonly F[];
  /** The retractions that are known and lie within `until`. */
  readonly retractions: readonly F[];
  /** Territory of the first registration; undefined without one. */
  readonly home: string | undefined;
  /** The last day of which anything can be known: the earliest of `until`, `knownAt` and today. */
  readonly end: Day;
  readonly catalogue: Pick<Catalogue, 'sa' | 'cycleOf'>;
}

interface Check {
  readonly description: string;
  /** The facts of the journey that the finding is about. */
  readonly find: <F extends QualityFact>(journey: QualityJourney<F>) => readonly F[];
}

/** Days after a meeting in which its outcome may still be on its way. */
const ANSWER_DAYS = 14;
/** What is recorded later than so many days after it occurred is late. */
const LATE_DAYS = 30;

const CHECKS = {
  out_of_order: {
    description:
      'A step of the funnel before one that should precede it: in its programme cycle the journey has facts of an earlier stage, and all of them come after this one.',
    find: (journey) => journey.facts.filter((fact) => isOutOfOrder(fact, journey)),
  },
  pds_without_choice: {
    description: 'A PdS signed by somebody who had not chosen an SA by then.',
    find: ({ facts }) => lackingBefore(facts, 'pds-signed', 'sa-chosen'),
  },
  attended_without_registration: {
    description: 'An attendance of somebody who had not registered by then.',
    find: ({ facts }) => lackingBefore(facts, 'attended', 'registered'),
  },
  booking_unanswered: {
    description: `A booking whose meeting lies more than ${ANSWER_DAYS} days back, and nobody has told what came of it: no attendance or absence at that meeting (or, without a meeting, later than the booking), no cancellation.`,
    find: ({ facts, end }) =>
      facts.filter(
        (fact) =>
          fact.name === 'booked' && fact.scheduledDay! + ANSWER_DAYS < end && !isAnswered(fact, facts),
      ),
  },
  attended_and_absent: {
    description:
      'An absence at a meeting that the same person attended: the same `meetingId` or, where one of the two has none, the same venue and day.',
    find: ({ facts }) =>
      facts.filter(
        (fact) =>
          fact.name === 'absent' && facts.some((one) => one.name === 'attended' && isSameMeeting(one, fact)),
      ),
  },
  sa_outside_territory: {
    description:
      'A choice, reception or PdS with an SA of another territory than that of the first registration.',
    find: ({ facts, home, catalogue }) =>
      facts.filter(
        ({ name, place }) =>
          home !== undefined && NAMES_SA.has(name) && catalogue.sa(place)?.territory !== home,
      ),
  },
  recorded_late: {
    description: `A fact recorded more than ${LATE_DAYS} days (of 86,400 s) after it occurred.`,
    find: ({ facts }) => facts.filter(({ time, recorded }) => recorded - time > LATE_DAYS * DAY_MS),
  },
  past_rewritten: {
    description:
      'A fact or retraction that was imported with a recorded time older than the moment of import (`recordedtime` before `acceptedtime`): it has changed what a past `knownAt` shows.',
    find: ({ facts, retractions }) => [...facts, ...retractions].filter(({ rewritesPast }) => rewritesPast),
  },
  id_under_two_subjects: {
    description:
      'A fact whose `source` and `id` are also those of a fact of another journey; of a meeting, of another meeting.',
    find: ({ facts }) => facts.filter(({ isDouble }) => isDouble),
  },
} as const satisfies Record<string, Check>;

export type QualityKind = keyof typeof CHECKS;

/** The kinds of findings, in the order in which answers list them. */
export const QUALITY_KINDS = Object.keys(CHECKS) as readonly QualityKind[];

/** What a kind of finding means, in words. */
export function describeQuality(kind: QualityKind): string {
  return CHECKS[kind].description;
}

/** The facts of a journey that are findings of a kind. */
export function qualityFindings<F extends QualityFact>(
  kind: QualityKind,
  journey: QualityJourney<F>,
): readonly F[] {
  const check: Check = CHECKS[kind];
  return check.find(journey);
}

const NAMES_SA: ReadonlySet<FactName> = new Set(['sa-chosen', 'reception-held', 'pds-signed']);

function isOutOfOrder(fact: QualityFact, { facts, catalogue }: QualityJourney): boolean {
  const place = FUNNEL_STAGES.indexOf(stageOf(fact.name) as FunnelStage);
  if (place <= 0) return false;
  const cycle = catalogue.cycleOf(fact.day)?.code;
  return FUNNEL_STAGES.slice(0, place).some((earlier) => {
    const ofStage = facts.filter(
      ({ name, day }) => stageOf(name) === earlier && catalogue.cycleOf(day)?.code === cycle,
    );
    return ofStage.length > 0 && ofStage.every(({ time }) => time > fact.time);
  });
}

/** The facts of a type with none of another type at or before them. */
function lackingBefore<F extends QualityFact>(facts: readonly F[], of: FactName, lacking: FactName): F[] {
  const first = facts.find(({ name }) => name === lacking);
  return facts.filter(({ name, time }) => name === of && (first === undefined || first.time > time));
}

function isAnswered(booking: QualityFact, facts: readonly QualityFact[]): boolean {
  return facts.some(({ name, time, meetingId }) => {
    const isThatMeeting = meetingId === booking.meetingId;
    if (name === 'booking-cancelled') return isThatMeeting && time >= booking.time;
    if (name !== 'attended' && name !== 'absent') return false;
    return isThatMeeting || (meetingId === undefined && time >= booking.time);
  });
}

function isSameMeeting(one: QualityFact, other: QualityFact): boolean {
  return one.meetingId !== undefined && other.meetingId !== undefined
    ? one.meetingId === other.meetingId
    : one.place === other.place && one.day === other.day;
}
