import { CohortRecords } from './cohort-records.js';
import { CountSums } from './count-sums.js';
import { type Dispersion, dispersionOf } from './dispersion.js';
import { type Fit, fit } from './fit.js';
import { jackknife } from './jackknife.js';
import { type Chances, Outlook, type Target, TARGETS } from './outlook.js';
import { type CountForecast, countForecast, type Moments } from './predictive-interval.js';
import { CONVERTED, LOST, type NowcastSample, type Part, PENDING, WHOLE } from './sample.js';
import { type PendingByEntry, SetsByEntry } from './sets-by-entry.js';

/** Why there is no number. */
export type NoForecast = 'too_few_conversions' | 'too_few_losses' | 'no_mature_cohort' | 'beyond_horizon';

export type Forecast =
  | (CountForecast & { readonly reason: null })
  | ({ readonly [K in keyof CountForecast]: null } & { readonly reason: NoForecast });

export interface Nowcast extends Readonly<Record<Target, Forecast>> {
  readonly pending: number;
  /** Pending for longer than any cohort large enough was watched: nothing is forecast of their end. */
  readonly beyondHorizon: number;
}

/** What the forecasts rest on. */
export interface NowcastBasis {
  /** Members, conversions and losses on record, and cohorts that they come from. */
  readonly members: number;
  readonly converted: number;
  readonly lost: number;
  readonly cohorts: number;
  /** "In the end" means before this age, in days of the clock of conversions; null without a forecast. */
  readonly horizonDays: number | null;
  readonly dispersion: Dispersion | null;
}

/** Fewer events than this, or events of fewer cohorts, and no incidence is estimated from them. */
export const LEAST_EVENTS = 20;
export const LEAST_COHORTS = 4;
/**
 * The run-off is known when this part of the conversions falls into the first half of the horizon, and when this part of
 * those whom it leaves has not converted at the end of the second.
 */
const SETTLED_SHARE = 0.9;

/**
 * How many of the pending have converted or been lost already without its being on record, and how many will have
 * converted in the end; for each of some sets of pending members.
 *
 * The incidence of conversion and loss and the recording delays come from the sample alone (`fit`), the chances of each
 * pending member from these (`Outlook`). The variance of a count has three parts: that of independent people with these
 * chances; that of months which differ from the common incidence (`dispersionOf`); and that of the chances themselves,
 * which are estimates (`jackknife`). The limits are quantiles of a distribution with this mean and variance (`countForecast`),
 * the upper ones with what half an event more than was seen would add (`Outlook.unseen`), so that they don't vanish
 * where nobody of those watched has converted yet.
 */
export function nowcast(
  sample: NowcastSample,
  sets: readonly PendingByEntry[],
): { readonly nowcasts: readonly Nowcast[]; readonly basis: NowcastBasis } {
  const counts = countsOf(sample);
  const records = new CohortRecords(sample);
  const whole = counts.reasons.converted === null ? fit(records, WHOLE) : undefined;
  const outlook = whole && new Outlook(sample, whole, whole.incidence.horizon);
  const dispersion = outlook ? dispersionOf(sample, outlook) : null;
  const mature = whole !== undefined && hasRunOff(whole, outlook!.horizon);
  const basis = { ...counts.basis, horizonDays: mature ? outlook!.horizon : null, dispersion };
  if (!whole || !outlook || !dispersion) {
    return { nowcasts: sets.map((set) => withoutNumbers(set, counts.reasons)), basis };
  }
  const reasons: Reasons = { ...counts.reasons, eventually: mature ? null : 'no_mature_cohort' };
  const byEntry = new SetsByEntry(sets);
  const estimated = jackknife(sample, (part) => means(records, byEntry, part, whole));
  const cohortOf = cohortsByEntry(sample);
  const known = new KnownOutlook(outlook);
  const nowcasts = sets.map((set, index) => {
    const of = (target: Target) => {
      const place = index * TARGETS.length + TARGETS.indexOf(target);
      return { mean: estimated.values[place]!, variance: estimated.variances[place]! };
    };
    return forecastOf(set, known, cohortOf, dispersion, reasons, of);
  });
  return { nowcasts, basis };
}

interface Reasons {
  readonly converted: NoForecast | null;
  readonly lost: NoForecast | null;
  readonly eventually: NoForecast | null;
}

function countsOf({ outcome, cohort }: NowcastSample) {
  const cohorts = { [CONVERTED]: new Set<number>(), [LOST]: new Set<number>() };
  const events = { [CONVERTED]: 0, [LOST]: 0 };
  outcome.forEach((kind, i) => {
    if (kind === PENDING) return;
    events[kind as typeof LOST]++;
    cohorts[kind as typeof LOST].add(cohort[i]!);
  });
  const few = (kind: typeof CONVERTED | typeof LOST) =>
    events[kind] < LEAST_EVENTS || cohorts[kind].size < LEAST_COHORTS;
  const converted = few(CONVERTED) ? 'too_few_conversions' : null;
  const reasons: Reasons = {
    converted,
    lost: converted ?? (few(LOST) ? 'too_few_losses' : null),
    eventually: converted,
  };
  const basis = {
    members: outcome.length,
    converted: events[CONVERTED],
    lost: events[LOST],
    cohorts: new Set(cohort).size,
  };
  return { reasons, basis };
}

/**
 * Whether hardly anybody converts in the second half of what was watched, so that its end is nearly the end: neither many
 * of those who convert at all, nor many of those who are still followed then, however few these are.
 */
function hasRunOff({ incidence: { notConverted } }: Fit, horizon: number): boolean {
  const middle = notConverted[Math.floor(horizon / 2)]!;
  const end = notConverted[horizon]!;
  return 1 - middle >= SETTLED_SHARE * (1 - end) && end >= SETTLED_SHARE * middle;
}

/** The expected counts of all sets, a triple of targets a set. */
function means(records: CohortRecords, sets: SetsByEntry, part: Part, whole: Fit): Float64Array {
  const own = part === WHOLE ? whole : fit(records, part, whole.incidence);
  const outlook = new Outlook(records.sample, own, whole.incidence.horizon);
  return sets.sums((entry) => outlook.of(entry));
}

/** What the days of entry have before them; many sets have days in common. */
class KnownOutlook {
  private readonly known = new Map<number, { chances: Chances; unseen: Chances; reaches: boolean }>();

  constructor(private readonly outlook: Outlook) {}

  of(entry: number) {
    let found = this.known.get(entry);
    if (!found) {
      const { outlook } = this;
      found = {
        chances: outlook.of(entry),
        unseen: outlook.unseen(entry),
        reaches: outlook.reaches(entry),
      };
      this.known.set(entry, found);
    }
    return found;
  }
}

function cohortsByEntry({ entry, cohort }: NowcastSample): ReadonlyMap<number, number> {
  const cohorts = new Map<number, number>();
  entry.forEach((day, i) => cohorts.set(day, cohort[i]!));
  return cohorts;
}

function forecastOf(
  set: PendingByEntry,
  outlook: KnownOutlook,
  cohortOf: ReadonlyMap<number, number>,
  dispersion: Dispersion,
  reasons: Reasons,
  estimated: (target: Target) => Moments,
): Nowcast {
  const sums = {
    alreadyConverted: new CountSums(dispersion.converted),
    alreadyLost: new CountSums(dispersion.lost),
    eventuallyConverted: new CountSums(dispersion.converted),
  };
  let pending = 0;
  let reached = 0;
  for (const [entry, members] of set) {
    const { chances, unseen, reaches } = outlook.of(entry);
    const cohort = cohortOf.get(entry)!;
    pending += members;
    if (reaches) reached += members;
    for (const target of TARGETS) sums[target].add(cohort, members, chances[target], unseen[target]);
  }
  const forecast = (target: Target, most: number, reason: NoForecast | null): Forecast => {
    if (reason && most > 0) return noForecast(reason);
    const { seen, atMost } = sums[target].moments(estimated(target));
    return { ...countForecast(most, seen, atMost), reason: null };
  };
  const beyond = reached === 0 && pending > 0 && reasons.eventually === null;
  return {
    pending,
    beyondHorizon: pending - reached,
    alreadyConverted: forecast('alreadyConverted', pending, reasons.converted),
    alreadyLost: forecast('alreadyLost', pending, reasons.lost),
    eventuallyConverted: beyond
      ? noForecast('beyond_horizon')
      : forecast('eventuallyConverted', reached, reasons.eventually),
  };
}

function noForecast(reason: NoForecast): Forecast {
  return { expected: null, low80: null, high80: null, low95: null, high95: null, reason };
}

function withoutNumbers(set: PendingByEntry, reasons: Reasons): Nowcast {
  let pending = 0;
  for (const members of set.values()) pending += members;
  const of = (reason: NoForecast): Forecast =>
    pending === 0 ? { ...countForecast(0, { mean: 0, variance: 0 }), reason: null } : noForecast(reason);
  return {
    pending,
    beyondHorizon: 0,
    alreadyConverted: of(reasons.converted!),
    alreadyLost: of(reasons.lost!),
    eventuallyConverted: of(reasons.eventually!),
  };
}
