import { type Day, type Instant, lastDayOfMonth, type Month, monthOfDay, romeDay } from '#calendar';
import { type FactName, type FunnelStage, STAGE_ORDER, stageOf } from '#events';
import { runOff, type RunOffCell, runOffTotals } from '#survival';
import { cohortMembers, type CohortMember, type Programme } from './cohort-members.js';
import { GroupTable, type RowNames } from './group-table.js';
import { type HysteresisQuestion } from './hysteresis.js';
import { checkRowCount } from './layout.js';
import { MonthAges } from './month-ages.js';
import { lastWholeDay, observedUpTo } from './observation-end.js';
import { type Outcome } from './outcomes.js';
import { groupOf } from './selected.js';
import { type Selection } from './selection.js';
import { SettlingTimes } from './settling-times.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

export type TriangleQuestion = Omit<HysteresisQuestion, 'curve' | 'byMonth'>;

/** What became of the members of one cohort, by their age in months when it did. */
export interface CohortAges {
  size: number;
  readonly converted: number[];
  readonly lost: number[];
}

export const noAges = (): CohortAges => ({ size: 0, converted: [], lost: [] });

/** The members of a row. */
export interface MonthCohort {
  month: Month;
  readonly counts: CohortAges;
}

export const noCohort = (): MonthCohort => ({ month: 0, counts: noAges() });

/** Adds members; who is pending is only counted in the size. */
export function addAtAge(cohort: CohortAges, outcome: Outcome, age: number, members = 1): void {
  cohort.size += members;
  if (outcome === 'pending') return;
  const ages = outcome === 'converted' ? cohort.converted : cohort.lost;
  while (ages.length <= age) ages.push(0);
  ages[age]! += members;
}

export interface TriangleCell {
  readonly age: number;
  readonly converted: number;
  readonly lost: number;
  readonly pending: number;
  /** False: this age was not over by the observation end, and the cell may still grow. */
  readonly complete: boolean;
  /** False: what happened by the end of this age may not all be recorded yet, and the cell may still grow. */
  readonly recorded: boolean;
}

export type TriangleRow = {
  readonly size: number;
  readonly cells: readonly TriangleCell[];
};

/** A cell is recorded when all cohorts that it sums are. */
export interface TriangleTotals {
  readonly size: number;
  readonly cells: readonly (Omit<TriangleCell, 'complete'> & {
    /** The cohorts that are complete at this age, and how many members they have: what the cell sums. */
    readonly cohorts: number;
    readonly size: number;
  })[];
}

const typesOf = (stage: FunnelStage): FactName[] => STAGE_ORDER.filter((name) => stageOf(name) === stage);
const LOSSES: readonly FactName[] = ['abandoned', 'not-admissible'];

/** The types of facts that a triangle counts, and that it therefore has to know the recording delays of. */
export const triangleTypes = ({ fromStage, toStage }: TriangleQuestion): readonly FactName[] => [
  ...typesOf(fromStage),
  ...typesOf(toStage),
  ...LOSSES,
];

/** The cells of cohorts, as of the moment of an observation end. */
export class Triangle {
  private readonly upTo: Instant;
  private readonly overTo: Day;
  /** Up to which days the entries, and the conversions and losses, can be taken to be recorded. */
  private readonly entriesTo: Day;
  private readonly outcomesTo: Day;

  /** @param settling has seen the visible facts of `triangleTypes` */
  constructor(
    private readonly ages: MonthAges,
    private readonly selection: Selection,
    question: TriangleQuestion,
    { settling, now }: { readonly settling: SettlingTimes; readonly now: Instant },
  ) {
    this.upTo = observedUpTo(selection, now);
    this.overTo = lastWholeDay(this.upTo);
    this.entriesTo = settling.settledTo(typesOf(question.fromStage));
    this.outcomesTo = settling.settledTo([...typesOf(question.toStage), ...LOSSES]);
  }

  /** @throws MeasureError `too-many-rows` when the rows have too many cells */
  rows<N>(cohorts: readonly { names: N; value: MonthCohort }[]): (N & TriangleRow)[] {
    checkRowCount(
      cohorts.reduce((cells, { value }) => cells + this.cells(value.month, value.counts).length, 0),
    );
    return cohorts.map(({ names, value }) => ({ ...names, ...this.row(value.month, value.counts) }));
  }

  private row(cohort: Month, ages: CohortAges): TriangleRow {
    return {
      size: ages.size,
      cells: this.cells(cohort, ages).map(({ age, events, competing, open, complete, recorded }) => ({
        age,
        converted: events,
        lost: competing,
        pending: open,
        complete,
        recorded,
      })),
    };
  }

  /** All cohorts together, whatever their group: at each age those that are complete there. */
  totals(cohorts: ReadonlyMap<Month, CohortAges>): TriangleTotals {
    const sized = [...cohorts].map(([cohort, ages]) => ({
      size: ages.size,
      cells: this.cells(cohort, ages),
    }));
    return {
      size: sized.reduce((sum, { size }) => sum + size, 0),
      cells: runOffTotals(sized).map(({ age, cohorts: of, size, events, competing, open, recorded }) => ({
        age,
        cohorts: of,
        size,
        converted: events,
        lost: competing,
        pending: open,
        recorded,
      })),
    };
  }

  private cells(cohort: Month, { size, converted, lost }: CohortAges): RunOffCell[] {
    return runOff({
      ...{ size, events: converted, competing: lost },
      observedAges: this.ages.begun(cohort, romeDay(this.upTo)),
      completeAges: this.ages.over(cohort, this.overTo),
      recordedAges: this.recordedAges(cohort),
    });
  }

  private recordedAges(cohort: Month): number {
    const until = this.selection.until === undefined ? Infinity : romeDay(this.selection.until);
    const lastEntries = Math.min(lastDayOfMonth(cohort), this.selection.to ?? Infinity, until);
    if (lastEntries > this.entriesTo) return 0;
    // Nothing later counts, and it is settled.
    return until <= this.outcomesTo ? Infinity : this.ages.over(cohort, this.outcomesTo);
  }
}

/**
 * The run-off of cohorts month by month: how many of those who entered `fromStage` in a month had converted or been
 * lost by the end of that month and of each later one. As it is known at the cut-offs; a cell counts what had happened
 * by the end of its month.
 *
 * @param journeys the facts of each journey
 * @param now the moment at which the question is answered
 * @throws MeasureError `too-many-rows`, of rows or of cells
 */
export function triangle(
  journeys: readonly (readonly MeasuredFact[])[],
  selection: Selection,
  catalogue: Programme,
  question: TriangleQuestion,
  now: Instant,
): { items: (RowNames & TriangleRow)[]; totals: TriangleTotals } {
  const ages = new MonthAges(catalogue, question);
  const settling = new SettlingTimes(selection, now);
  const counted = triangleTypes(question);
  for (const facts of journeys) {
    for (const { name, time, recorded } of visibleFacts(facts, selection)) {
      if (counted.includes(name)) settling.add(name, romeDay(time), recorded);
    }
  }
  const shape = new Triangle(ages, selection, question, { settling, now });
  const table = new GroupTable(selection.groupBy, noCohort, true);
  const whole = new Map<Month, CohortAges>();
  const add = (counts: CohortAges, { entry, outcome, day }: CohortMember) =>
    addAtAge(counts, outcome, ages.age(monthOfDay(entry.day), monthOfDay(day)));
  for (const member of cohortMembers(journeys, selection, catalogue, question, romeDay(now))) {
    const cohort = monthOfDay(member.entry.day);
    const row = table.at(groupOf(member.entry.dimensions, selection.groupBy), cohort);
    row.month = cohort;
    add(row.counts, member);
    if (!whole.has(cohort)) whole.set(cohort, noAges());
    add(whole.get(cohort)!, member);
  }
  return { items: shape.rows(table.inOrder(catalogue)), totals: shape.totals(whole) };
}
