import { type Fit } from './fit.js';
import { at, type Incidence } from './incidence.js';
import { unrecordedAfter } from './recording-delay.js';
import { type NowcastSample } from './sample.js';
import { Unrecorded } from './unrecorded.js';

/** What is forecast of a pending member. */
export const TARGETS = ['alreadyConverted', 'alreadyLost', 'eventuallyConverted'] as const;
export type Target = (typeof TARGETS)[number];
/** Of those who are older than the horizon no end is forecast: the chance of it counts as 0. */
export type Chances = Readonly<Record<Target, number>>;

/**
 * The chances of those who entered on some day and are on record as pending (Bayes' rule). With f the incidence of
 * conversion, S the part that is neither converted nor lost, G the share on record, K the day of the forecast:
 * already converted Σ_{t≤K} f(t)(1 − G(K − t)) / P, already lost likewise, eventually converted the first plus
 * Σ_{t>K} f(t) / P, where P = S(K) + both sums is the chance to be on record as pending.
 */
export class Outlook {
  private readonly unrecorded: Unrecorded;

  constructor(
    private readonly sample: NowcastSample,
    private readonly fit: Fit,
    /** Conversions count up to below this age on their clock. */
    readonly horizon: number,
  ) {
    this.unrecorded = new Unrecorded(sample, fit.recording);
  }

  of(entry: number): Chances {
    const { unrecorded } = this;
    unrecorded.look(entry, this.fit.incidence);
    const all = unrecorded.recordedPending;
    const alreadyConverted = unrecorded.convertedSum / all;
    return {
      alreadyConverted,
      alreadyLost: unrecorded.lostSum / all,
      eventuallyConverted: this.reaches(entry) ? Math.min(1, alreadyConverted + this.later(entry) / all) : 0,
    };
  }

  /**
   * What the chances would be more if half an event more than was seen had happened from the age on that they are about.
   * Where nothing was seen this is what may happen all the same.
   */
  unseen(entry: number): Chances {
    const { unrecorded } = this;
    unrecorded.look(entry, this.fit.incidence);
    const all = unrecorded.recordedPending;
    const { converted, lost } = this.unseenAlready(entry);
    return {
      alreadyConverted: Math.min(1, converted / all),
      alreadyLost: Math.min(1, lost / all),
      eventuallyConverted: this.reaches(entry) ? Math.min(1, (converted + this.unseenLater(entry)) / all) : 0,
    };
  }

  private unseenAlready(entry: number): { readonly converted: number; readonly lost: number } {
    const { clock, observedTo } = this.sample;
    const { notConverted, notLost, unseenConverting, unseenLosing } = this.fit.incidence;
    const { first, from, missingConverted, missingLost } = this.unrecorded;
    let converted = 0;
    let lost = 0;
    for (let day = from; day <= observedTo; day++) {
      const age = clock.age(entry, day);
      const isThere = at(notConverted, age) * at(notLost, day - entry);
      if (clock.isOpen(day)) converted += isThere * missingConverted[day - first]!;
      lost += isThere * missingLost[day - first]!;
    }
    return {
      converted: converted * at(unseenConverting, clock.age(entry, from)),
      lost: lost * at(unseenLosing, from - entry),
    };
  }

  private unseenLater(entry: number): number {
    const { clock, observedTo } = this.sample;
    const { notConverted, notLost, unseenConverting } = this.fit.incidence;
    const from = clock.age(entry, observedTo + 1);
    let days = 0;
    for (let age = from; age < this.horizon; age++) {
      const day = clock.dayOfAge(entry, age);
      if (day === undefined) break;
      days += notConverted[age]! * at(notLost, day - entry);
    }
    return days * at(unseenConverting, from);
  }

  /** Whether cohorts have been watched for longer than those who entered on that day. */
  reaches(entry: number): boolean {
    return this.sample.clock.age(entry, this.sample.observedTo + 1) < this.horizon;
  }

  /** The chance, of all who entered on that day, to convert after the day of the forecast. */
  private later(entry: number): number {
    const { clock, observedTo } = this.sample;
    const { incidence } = this.fit;
    const from = clock.age(entry, observedTo + 1);
    let sum = 0;
    const { conversionAges } = incidence;
    for (let i = placeOf(conversionAges, from); i < conversionAges.length; i++) {
      const age = conversionAges[i]!;
      if (age >= this.horizon) break;
      const day = clock.dayOfAge(entry, age);
      if (day !== undefined) sum += converting(incidence, age, day - entry);
    }
    return sum;
  }

  /**
   * Conversions on record by now of everybody who entered on that day, as a chance a person; `each` is shown what
   * every day adds to it.
   */
  recordedConversions(entry: number, each: (day: number, chance: number) => void): number {
    const { clock, observedTo, recordedTo } = this.sample;
    const { incidence, recording } = this.fit;
    let sum = 0;
    for (const age of incidence.conversionAges) {
      const day = clock.dayOfAge(entry, age);
      if (day === undefined || day > observedTo) break;
      const onRecord = 1 - unrecordedAfter(recording.converted, recordedTo - day);
      const chance = converting(incidence, age, day - entry) * onRecord;
      each(day, chance);
      sum += chance;
    }
    return sum;
  }

  /** The same of losses. */
  recordedLosses(entry: number, each: (day: number, chance: number) => void): number {
    const { clock, observedTo, recordedTo } = this.sample;
    const { incidence, recording } = this.fit;
    let sum = 0;
    for (let day = entry; day <= observedTo; day++) {
      const hazard = incidence.losing[day - entry]!;
      if (hazard === 0) continue;
      const before = at(incidence.notConverted, clock.age(entry, day + 1));
      const onRecord = 1 - unrecordedAfter(recording.lost, recordedTo - day);
      const chance = before * at(incidence.notLost, day - entry) * hazard * onRecord;
      each(day, chance);
      sum += chance;
    }
    return sum;
  }
}

/** The place of the first of some ascending ages that is at least this one. */
function placeOf(ages: readonly number[], age: number): number {
  let low = 0;
  let high = ages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ages[middle]! < age) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The incidence of conversion at an age, so many days after the entry. */
function converting({ converting: hazard, notConverted, notLost }: Incidence, age: number, since: number) {
  return notConverted[age]! * at(notLost, since) * hazard[age]!;
}
