import { OpenDays, type ClosedDays } from '../open-days.js';
import { type PendingByEntry } from '../sets-by-entry.js';
import { CONVERTED, LOST, type NowcastSample, PENDING } from '../sample.js';

/** How a made-up programme goes. Days are counted from its first. */
export interface Scenario {
  /** The day of the forecast. */
  readonly days: number;
  readonly entriesPerDay: number;
  /** How far the log-odds to convert at all differ between cohorts (standard deviation). */
  readonly cohortSpread: number;
  /** From a day on more people enter. */
  readonly growth?: { readonly from: number; readonly entriesPerDay: number };
  readonly closed?: ClosedDays;
}

/** What had happened by the day of the forecast off the record, and what happened in the end, to the pending. */
export interface Truth {
  readonly alreadyConverted: number;
  readonly alreadyLost: number;
  /** By the day of their entry. */
  readonly eventuallyConverted: ReadonlyMap<number, number>;
}

/** Members on record as pending, and what became of them; of a cohort its number. */
export interface Waiting {
  readonly cohort?: number;
  readonly pending: PendingByEntry;
  readonly truth: Truth;
}

export interface SimulatedHistory {
  readonly sample: NowcastSample;
  readonly all: Waiting;
  /** The same by cohort; cohorts without pending members are left out. */
  readonly byCohort: readonly Waiting[];
}

const COHORT_DAYS = 30;
const cohortOf = (entry: number) => Math.floor(entry / COHORT_DAYS);

/** A number in [0, 1) a call, the same ones from the same seed (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whole days with this mean, each day as likely to be the last as any other. */
const geometric = (chance: () => number, mean: number) =>
  Math.floor(Math.log(1 - chance()) / Math.log(mean / (mean + 1)));

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/**
 * One history with known truth. Of those who enter about half would convert, most within weeks and some much later,
 * a third would be lost, mostly later; whichever comes first happens. Conversions are recorded within days, one in six
 * within weeks; losses take two weeks on average. During a closure nobody converts, and the clock to it stands still.
 */
export function simulatedHistory(seed: number, scenario: Scenario): SimulatedHistory {
  const { days, closed } = scenario;
  const chance = chanceFrom(seed * 7919 + 1);
  const clock = new OpenDays(0, 3 * days, closed ? [closed] : []);
  const rows: number[][] = [];
  const all = new WaitingSet();
  const byCohort = new Map<number, WaitingSet>();
  let odds = 0;
  for (let entry = 0; entry <= days; entry++) {
    if (entry % COHORT_DAYS === 0) odds = normal(chance) * scenario.cohortSpread;
    for (let due = entriesOn(entry, scenario); due > chance(); due--) {
      const person = destiny(chance, clock, entry, odds);
      const known = person.kind !== PENDING && person.recorded <= days;
      rows.push([entry, known ? person.kind : PENDING, person.day, person.recorded]);
      if (known) continue;
      const cohort = byCohort.get(cohortOf(entry)) ?? new WaitingSet(cohortOf(entry));
      byCohort.set(cohortOf(entry), cohort);
      for (const set of [all, cohort]) set.add(entry, person, days);
    }
  }
  const column = (index: number) => Int32Array.from(rows, (row) => row[index]!);
  return {
    sample: {
      observedTo: days,
      recordedTo: days,
      entry: column(0),
      outcome: Uint8Array.from(column(1)),
      day: column(2),
      recorded: column(3),
      cohort: column(0).map(cohortOf),
      clock,
    },
    all,
    byCohort: [...byCohort.values()],
  };
}

function entriesOn(day: number, { entriesPerDay, growth }: Scenario): number {
  return growth && day >= growth.from ? growth.entriesPerDay : entriesPerDay;
}

interface Destiny {
  readonly kind: number;
  readonly day: number;
  readonly recorded: number;
}

class WaitingSet implements Waiting {
  readonly pending = new Map<number, number>();
  readonly truth = { alreadyConverted: 0, alreadyLost: 0, eventuallyConverted: new Map<number, number>() };

  constructor(readonly cohort?: number) {}

  add(entry: number, { kind, day }: Destiny, today: number): void {
    count(this.pending, entry);
    if (kind === CONVERTED) count(this.truth.eventuallyConverted, entry);
    if (kind === CONVERTED && day <= today) this.truth.alreadyConverted++;
    if (kind === LOST && day <= today) this.truth.alreadyLost++;
  }
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function destiny(chance: () => number, clock: OpenDays, entry: number, odds: number): Destiny {
  const converts = chance() < 1 / (1 + Math.exp(-odds));
  const age = geometric(chance, chance() < 0.7 ? 12 : 80);
  const converted = converts ? (clock.dayOfAge(entry, age) ?? Infinity) : Infinity;
  const lost = chance() < 0.35 ? entry + geometric(chance, 110) : Infinity;
  if (converted === Infinity && lost === Infinity) return { kind: PENDING, day: 0, recorded: 0 };
  if (converted <= lost) {
    const late = chance() < 1 / 6;
    return { kind: CONVERTED, day: converted, recorded: converted + geometric(chance, late ? 25 : 2) };
  }
  return { kind: LOST, day: lost, recorded: lost + geometric(chance, 14) };
}
