import { type Catalogue } from '#catalogue';
import { type FactName, type FunnelStage, STAGE_ORDER, stageOf } from '#events';
import { OUTCOMES, type StagePair } from '#measures';
import { type Bounds } from './cut-offs.js';
import { FirstInCycle } from './first-in-cycle.js';
import { type JourneyColumns } from './journey-columns.js';
import { grown } from './typed-columns.js';

const indexOf = (name: FactName) => STAGE_ORDER.indexOf(name);
const REGISTERED = indexOf('registered');
const ABANDONED = indexOf('abandoned');
const NOT_ADMISSIBLE = indexOf('not-admissible');
/** Facts of the types below give a journey its status. */
const STATUSES = STAGE_ORDER.findIndex((name) => stageOf(name) === undefined);

/** Outcomes by their index. */
const [AS_CONVERTED, AS_ABANDONED, AS_NOT_ADMISSIBLE, AS_PENDING] = OUTCOMES.keys() as unknown as [
  number,
  number,
  number,
  number,
];

const FIRST_CAPACITY = 1024;

/** Entries of one stage, in columns: rows of the facts that they come from. */
export class EntryList {
  length = 0;
  /** The fact of the entry. */
  fact = new Uint32Array(FIRST_CAPACITY);
  /** The registration that the person's dimensions come from; −1 where there is none. */
  person = new Int32Array(FIRST_CAPACITY);

  constructor(readonly stage: FunnelStage) {}

  /** Adds an entry whose person is not known yet. */
  push(fact: number): void {
    if (this.length === this.fact.length) this.grow(Math.ceil(this.length * 1.5));
    this.fact[this.length++] = fact;
  }

  /** The entries from `first` on are of one person. */
  setPerson(first: number, registered: number): void {
    for (let i = first; i < this.length; i++) this.person[i] = registered;
  }

  protected grow(capacity: number): void {
    this.fact = grown(this.fact, capacity);
    this.person = grown(this.person, capacity);
  }
}

/** The members of a cohort with their outcomes towards a later stage. */
export class CohortMembers extends EntryList {
  /** Index into OUTCOMES. */
  outcome = new Uint8Array(FIRST_CAPACITY);
  /** The fact that decides the outcome; −1 while pending. */
  decision = new Int32Array(FIRST_CAPACITY);

  /** The entries from `first` up to `end` have this outcome. */
  decide(first: number, end: number, outcome: number, decision: number): void {
    for (let i = first; i < end; i++) {
      this.outcome[i] = outcome;
      this.decision[i] = decision;
    }
  }

  protected override grow(capacity: number): void {
    super.grow(capacity);
    this.outcome = grown(this.outcome, capacity);
    this.decision = grown(this.decision, capacity);
  }
}

export interface Cohort {
  /** The entries of `fromStage` in the window. */
  readonly members: CohortMembers;
  /** The entries of `toStage` in the window, whoever made them. */
  readonly reached: EntryList;
}

/**
 * Reads all journeys once: the cohort that entered `fromStage` in the window with its outcomes towards `toStage`, and
 * the entries of `toStage`. The members of a journey stand side by side, in order.
 */
export function scanCohort(
  columns: JourneyColumns,
  catalogue: Pick<Catalogue, 'cycles'>,
  { fromStage, toStage }: StagePair,
  { from: firstDay, to: lastDay, until, knownAt }: Bounds,
): Cohort {
  const { name, time, day, recorded, retractedAt } = columns.facts;
  const fromIndex = STAGE_ORDER.findIndex((one) => stageOf(one) === fromStage);
  const toIndex = STAGE_ORDER.findIndex((one) => stageOf(one) === toStage);
  const members = new CohortMembers(fromStage);
  const reached = new EntryList(toStage);
  const fromEntries = new FirstInCycle(catalogue);
  const toEntries = new FirstInCycle(catalogue);
  const cursor = columns.cursor();
  for (let journey = 0; journey < cursor.journeys; journey++) {
    cursor.move(journey);
    const { rows, from: start, to: end } = cursor;
    const firstMember = members.length;
    const firstReached = reached.length;
    let undecided = firstMember;
    let registered = -1;
    let last = -1;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const type = name[row]!;
      if (type >= STATUSES || recorded[row]! > knownAt || retractedAt[row]! <= knownAt) continue;
      if (type === REGISTERED && registered < 0) registered = row;
      if (time[row]! > until) continue;
      last = row;
      if (type === fromIndex) {
        const on = day[row]!;
        if (fromEntries.enters(journey, on) && on >= firstDay && on <= lastDay) members.push(row);
      } else if (type === toIndex) {
        const on = day[row]!;
        // Facts are in order, so this is the first of its stage after every entry that is still undecided.
        members.decide(undecided, members.length, AS_CONVERTED, row);
        undecided = members.length;
        if (toEntries.enters(journey, on) && on >= firstDay && on <= lastDay) reached.push(row);
      }
    }
    if (undecided < members.length) {
      const status = name[last]!;
      if (status === ABANDONED) members.decide(undecided, members.length, AS_ABANDONED, last);
      else if (status === NOT_ADMISSIBLE) members.decide(undecided, members.length, AS_NOT_ADMISSIBLE, last);
      else members.decide(undecided, members.length, AS_PENDING, -1);
    }
    if (firstMember < members.length) members.setPerson(firstMember, registered);
    if (firstReached < reached.length) reached.setPerson(firstReached, registered);
  }
  return { members, reached };
}
