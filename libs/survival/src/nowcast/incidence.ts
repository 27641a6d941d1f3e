/**
 * The hazards of conversion and of loss, day by day: of those who are neither at the beginning of a day, the part that
 * converts on it, and of the rest the part that is lost. Without closed days, and with everything on record, the two
 * give the Aalen–Johansen incidences.
 */
export interface Incidence {
  /** By open days since the entry. */
  readonly converting: Float64Array;
  /** By days since the entry. */
  readonly losing: Float64Array;
  /** The part that no conversion took before each age; one element more than there are hazards. */
  readonly notConverted: Float64Array;
  readonly notLost: Float64Array;
  /** By the age from which on it may be: the hazard of half an event more than was seen. */
  readonly unseenConverting: Float64Array;
  readonly unseenLosing: Float64Array;
  /** Ages at which somebody converts, ascending. */
  readonly conversionAges: readonly number[];
  /** Ages on the clock of conversions below this are known from enough people. */
  readonly horizon: number;
}

/** Fewer people than this at an age tell nothing of it. */
const LEAST_AT_RISK = 10;
/** That no event was seen leaves room for this many: Jeffreys' prior of a rate, Gamma(1/2) (see docs/nowcast.md). */
export const UNSEEN_EVENTS = 0.5;

/** Events by age, and how many were under observation up to and including each age and no longer. */
export interface Exposure {
  readonly events: Float64Array;
  readonly ends: Float64Array;
}

export const noExposure = (ages: number): Exposure => ({
  events: new Float64Array(ages),
  ends: new Float64Array(ages),
});

/** Hazards from what happened to those under observation; at an age that too few reached nothing happens. */
export function incidenceFrom(conversions: Exposure, losses: Exposure): Incidence {
  const converting = hazards(conversions);
  const losing = hazards(losses);
  const conversionAges: number[] = [];
  converting.hazard.forEach((hazard, age) => {
    if (hazard > 0) conversionAges.push(age);
  });
  return {
    converting: converting.hazard,
    losing: losing.hazard,
    notConverted: survivalOf(converting.hazard),
    notLost: survivalOf(losing.hazard),
    unseenConverting: converting.unseen,
    unseenLosing: losing.unseen,
    conversionAges,
    horizon: converting.known,
  };
}

interface Hazards {
  readonly hazard: Float64Array;
  readonly unseen: Float64Array;
  readonly known: number;
}

function hazards({ events, ends }: Exposure): Hazards {
  const hazard = new Float64Array(events.length);
  const watched = new Float64Array(events.length);
  let atRisk = 0;
  let known = 0;
  for (let age = events.length - 1; age >= 0; age--) {
    atRisk += ends[age]!;
    if (atRisk < LEAST_AT_RISK) continue;
    if (known === 0) known = age + 1;
    watched[age] = atRisk;
    hazard[age] = Math.min(1, events[age]! / atRisk);
  }
  return { hazard, unseen: unseenHazard(watched, known), known };
}

/**
 * Half an event over the days that people were watched for from an age on, however those are spread; from the second half
 * of the known ages on over all of that half, as to the last days there hardly anybody came.
 */
function unseenHazard(watched: Float64Array, known: number): Float64Array {
  const half = Math.floor(known / 2);
  const hazard = new Float64Array(watched.length);
  let days = 0;
  for (let age = known - 1; age >= 0; age--) {
    days += watched[age]!;
    if (age === half) hazard.fill(UNSEEN_EVENTS / days, half);
    else if (age < half) hazard[age] = UNSEEN_EVENTS / days;
  }
  return hazard;
}

function survivalOf(hazard: Float64Array): Float64Array {
  const survival = new Float64Array(hazard.length + 1);
  survival[0] = 1;
  for (let age = 0; age < hazard.length; age++) survival[age + 1] = survival[age]! * (1 - hazard[age]!);
  return survival;
}

/** A value by age; beyond the last one that of the last. */
export const at = (values: Float64Array, age: number): number =>
  values[age < values.length ? age : values.length - 1]!;
