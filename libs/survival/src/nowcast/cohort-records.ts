import { type Exposure, noExposure } from './incidence.js';
import { type DelayCounts, noDelays } from './recording-delay.js';
import { CONVERTED, LOST, type NowcastSample, type Part, PENDING } from './sample.js';

/** What is on record of some cohorts, in numbers of people. */
export interface Records {
  /** The events of each age, and how long the others were watched. */
  readonly conversions: Exposure;
  readonly losses: Exposure;
  /** How late the conversions and losses came on record. */
  readonly conversionDelays: DelayCounts;
  readonly lossDelays: DelayCounts;
  /** Pending members by the day of their entry. */
  readonly pending: ReadonlyMap<number, number>;
}

/**
 * What a sample has on record, in all and by cohort: its members are gone through once, and a part of it that an
 * estimate rests on is all of it without the cohorts that the part lacks.
 */
export class CohortRecords {
  private readonly all: CohortRecord;
  private readonly byCohort = new Map<number, CohortRecord>();

  constructor(readonly sample: NowcastSample) {
    const { entry, cohort, observedTo } = sample;
    const firsts = new Map<number, number>();
    for (let i = 0; i < entry.length; i++) {
      firsts.set(cohort[i]!, Math.min(entry[i]!, firsts.get(cohort[i]!) ?? observedTo));
    }
    for (const [one, first] of firsts) this.byCohort.set(one, new CohortRecord(sample, first));
    for (let i = 0; i < entry.length; i++) this.byCohort.get(cohort[i]!)!.add(i);
    this.all = new CohortRecord(sample, Math.min(observedTo, ...firsts.values()));
    for (const record of this.byCohort.values()) this.all.addAll(record);
  }

  /** The records of the cohorts that a part consists of. */
  of(part: Part): Records {
    const rest = this.all.copy();
    for (const [cohort, record] of this.byCohort) if (!part(cohort)) rest.addAll(record, -1);
    return rest;
  }
}

class CohortRecord implements Records {
  readonly pending = new Map<number, number>();
  readonly conversions: Exposure;
  readonly losses: Exposure;
  readonly conversionDelays: DelayCounts;
  readonly lossDelays: DelayCounts;

  /** @param first the day of the first entry that will be added */
  constructor(
    private readonly sample: NowcastSample,
    private readonly first: number,
  ) {
    const { observedTo, recordedTo } = sample;
    this.conversions = noExposure(observedTo - first + 1);
    this.losses = noExposure(observedTo - first + 1);
    this.conversionDelays = noDelays(recordedTo - first);
    this.lossDelays = noDelays(recordedTo - first);
  }

  /** Adds one member. */
  add(member: number): void {
    const { sample } = this;
    const { observedTo, clock } = sample;
    const entry = sample.entry[member]!;
    const day = sample.day[member]!;
    const since = day - entry;
    switch (sample.outcome[member]) {
      case PENDING:
        this.pending.set(entry, (this.pending.get(entry) ?? 0) + 1);
        end(this.conversions, clock.age(entry, observedTo + 1) - 1, 1);
        end(this.losses, observedTo - entry, 1);
        break;
      case CONVERTED: {
        const age = clock.age(entry, day);
        this.conversions.events[age]!++;
        end(this.conversions, age, 1);
        end(this.losses, since - 1, 1);
        came(this.conversionDelays, sample, member);
        break;
      }
      case LOST:
        this.losses.events[since]!++;
        end(this.losses, since, 1);
        end(this.conversions, clock.age(entry, day + 1) - 1, 1);
        came(this.lossDelays, sample, member);
        break;
    }
  }

  /**
   * Adds all of another, whose first entry is not before this one's.
   *
   * @param times −1 takes it away again
   */
  addAll(other: CohortRecord, times: 1 | -1 = 1): void {
    const theirs = other.counts();
    this.counts().forEach((sums, which) => {
      const more = theirs[which]!;
      for (let i = 0; i < more.length; i++) sums[i]! += times * more[i]!;
    });
    for (const [entry, members] of other.pending) {
      const all = (this.pending.get(entry) ?? 0) + times * members;
      if (all > 0) this.pending.set(entry, all);
      else this.pending.delete(entry);
    }
  }

  copy(): CohortRecord {
    const same = new CohortRecord(this.sample, this.first);
    same.addAll(this);
    return same;
  }

  private counts(): Float64Array[] {
    const { conversions, losses, conversionDelays, lossDelays } = this;
    return [
      ...[conversions.events, conversions.ends, losses.events, losses.ends],
      ...[conversionDelays.facts, conversionDelays.limits, lossDelays.facts, lossDelays.limits],
    ];
  }
}

/** Somebody (or a part of somebody) was under observation up to and including this age; at −1 not at all. */
export function end({ ends }: Exposure, age: number, weight: number): void {
  if (age >= 0) ends[age]! += weight;
}

function came({ facts, limits }: DelayCounts, sample: NowcastSample, member: number): void {
  const day = sample.day[member]!;
  // A record from before its fact is a plan that came true: known at once.
  facts[Math.max(0, sample.recorded[member]! - day)]!++;
  limits[Math.max(0, sample.recordedTo - day)]!++;
}
