/**
 * A brute-force evaluation of the definitions, written as plainly as they read and sharing no code with the system:
 * every question looks at every fact again.
 */

export interface OracleFact {
  readonly source: string;
  readonly id: string;
  /** Short name: `attended`. */
  readonly name: string;
  readonly subject?: string;
  /** Milliseconds. */
  readonly time: number;
  readonly recorded: number;
  /** Place in the log. */
  readonly order: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OracleCatalogue {
  readonly territories: readonly { readonly code: string }[];
  readonly venues: readonly { readonly code: string; readonly territory: string; readonly mode: string }[];
  readonly sas: readonly { readonly code: string; readonly territory: string }[];
  readonly cycles: readonly { readonly code: string; readonly from: string; readonly to?: string }[];
  readonly suspensions: readonly { readonly stage: string; readonly from: string; readonly to: string }[];
}

export interface OracleCut {
  readonly until?: number;
  readonly knownAt?: number;
}

export const ORACLE_STAGES: readonly (readonly [name: string, stage: string])[] = [
  ['registered', 'registered'],
  ['booked', 'booked'],
  ['booking-cancelled', 'bookingCancelled'],
  ['attended', 'attended'],
  ['absent', 'absent'],
  ['sa-chosen', 'saChosen'],
  ['reception-held', 'receptionHeld'],
  ['pds-signed', 'pdsSigned'],
  ['not-admissible', 'notAdmissible'],
  ['abandoned', 'abandoned'],
];

export interface OracleEntry {
  readonly stage: string;
  readonly cycle: string;
  readonly day: string;
  readonly time: number;
  readonly returning: boolean;
  readonly dimensions: Readonly<Record<string, string>>;
}

const romeDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' });
const knownDates = new Map<number, string>();

/** The Rome day of an instant, as `YYYY-MM-DD`. */
export function dayOf(instant: number): string {
  const quarter = Math.floor(instant / 900_000);
  let day = knownDates.get(quarter);
  if (day === undefined) knownDates.set(quarter, (day = romeDate.format(instant)));
  return day;
}

const isMeeting = (fact: OracleFact) =>
  fact.name === 'meeting-held' ||
  (fact.name === 'retracted' && fact.data['type'] === 'it.mip.meeting-held.v1');

/** Facts that belong to one journey, by journey. */
export function journeysOf(facts: readonly OracleFact[]): Map<string, OracleFact[]> {
  const journeys = new Map<string, OracleFact[]>();
  for (const fact of facts) {
    if (fact.subject === undefined || isMeeting(fact)) continue;
    journeys.set(fact.subject, [...(journeys.get(fact.subject) ?? []), fact]);
  }
  return journeys;
}

function isTakenBack(fact: OracleFact, facts: readonly OracleFact[], knownAt: number): boolean {
  return facts.some(
    (other) =>
      other.name === 'retracted' &&
      other.data['source'] === fact.source &&
      other.data['id'] === fact.id &&
      other.recorded <= knownAt,
  );
}

const stageOrder = (fact: OracleFact) => {
  const index = ORACLE_STAGES.findIndex(([name]) => name === fact.name);
  return index === -1 ? ORACLE_STAGES.length + (fact.name === 'questionnaire-sent' ? 0 : 1) : index;
};

/** The visible facts of one journey in order. */
export function visible(facts: readonly OracleFact[], cut: OracleCut): OracleFact[] {
  const knownAt = cut.knownAt ?? Infinity;
  const until = cut.until ?? Infinity;
  return facts
    .filter((fact) => fact.name !== 'retracted')
    .filter((fact) => fact.recorded <= knownAt && fact.time <= until && !isTakenBack(fact, facts, knownAt))
    .sort(
      (a, b) =>
        a.time - b.time || stageOrder(a) - stageOrder(b) || a.recorded - b.recorded || a.order - b.order,
    );
}

/** The journey's first `registered` fact visible at knownAt, whatever until. */
export function firstRegistered(facts: readonly OracleFact[], cut: OracleCut): OracleFact | undefined {
  return visible(facts, { knownAt: cut.knownAt }).find((fact) => fact.name === 'registered');
}

export function cycleOf(day: string, catalogue: OracleCatalogue): string {
  const cycle = catalogue.cycles.find(({ from, to }) => from <= day && (to === undefined || day < to));
  if (!cycle) throw new Error(`no cycle holds ${day}`);
  return cycle.code;
}

export function dimensionsOf(
  fact: OracleFact,
  registered: OracleFact | undefined,
  catalogue: OracleCatalogue,
): Record<string, string> {
  const venue = catalogue.venues.find(({ code }) => code === fact.data['venue']);
  const sa = catalogue.sas.find(({ code }) => code === fact.data['sa']);
  const profile = (registered?.data['profile'] ?? {}) as Record<string, string>;
  const home = (registered?.data['territory'] as string | undefined) ?? 'unknown';
  const ownVenue = ['booked', 'attended', 'absent'].includes(fact.name);
  const ownSa = ['sa-chosen', 'reception-held', 'pds-signed'].includes(fact.name);
  let territory = home;
  if (fact.name === 'registered') territory = fact.data['territory'] as string;
  if (ownVenue) territory = venue!.territory;
  if (ownSa) territory = sa!.territory;
  return {
    territory,
    venue: ownVenue ? venue!.code : 'none',
    mode: ownVenue ? venue!.mode : 'none',
    sa: sa?.code ?? 'none',
    gender: profile['gender'] ?? 'unknown',
    education: profile['education'] ?? 'unknown',
    employment: profile['employment'] ?? 'unknown',
  };
}

/** All entries of one journey at the cut-offs. */
export function entriesOfJourney(
  facts: readonly OracleFact[],
  cut: OracleCut,
  catalogue: OracleCatalogue,
): OracleEntry[] {
  const registered = firstRegistered(facts, cut);
  const seen = visible(facts, cut);
  const entries: OracleEntry[] = [];
  for (const [name, stage] of ORACLE_STAGES) {
    const ofStage = seen.filter((fact) => fact.name === name);
    const cyclesSeen: string[] = [];
    for (const fact of ofStage) {
      const day = dayOf(fact.time);
      const cycle = cycleOf(day, catalogue);
      if (cyclesSeen.includes(cycle)) continue;
      entries.push({
        stage,
        cycle,
        day,
        time: fact.time,
        returning: cyclesSeen.length > 0,
        dimensions: dimensionsOf(fact, registered, catalogue),
      });
      cyclesSeen.push(cycle);
    }
  }
  return entries;
}
