import { type Day } from '#calendar';
import { cumulativeIncidence, exchanged, grayTest, type GroupTest, logRank, timeOfHalf } from '#survival';
import { cohortMembers, type CohortMember, type Programme } from './cohort-members.js';
import { type DelayCounts, riskOf } from './delay-counts.js';
import { GroupTable, type RowNames } from './group-table.js';
import { delaysOfMembers } from './hysteresis.js';
import { MeasureError } from './measure.error.js';
import { groupOf } from './selected.js';
import { type Selection } from './selection.js';
import { type TriangleQuestion } from './triangle.js';
import { type MeasuredFact } from './visible-facts.js';

/** A difference that chance alone would bring in fewer than one of twenty cases is called one. */
export const ALPHA = 0.05;
/** The tests hold for large groups: below so many conversions in one of them there is too little to go by. */
const FEWEST_CONVERSIONS = 10;
/** The work grows with the cube of the groups. */
const MOST_GROUPS = 40;

export const VERDICTS = ['different', 'no_difference_shown', 'too_few_to_say', 'nothing_to_compare'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ComparedGroup {
  readonly size: number;
  readonly converted: number;
  readonly lost: number;
  readonly pending: number;
  readonly medianDays: number | null;
}

export interface Comparison {
  readonly tests: {
    /** Of the hazards of converting. */
    readonly logRank: GroupTest | null;
    /** Of the incidences of converting and of being lost. */
    readonly grayConverted: GroupTest | null;
    readonly grayLost: GroupTest | null;
  };
  readonly verdict: Verdict;
  /** The groups that have too few conversions for the tests to hold, by their names. Where there are any, no verdict. */
  readonly tooFew: readonly RowNames[];
  readonly alpha: number;
}

/** A group with its delays, ascending by day. */
export interface NamedDelays {
  readonly names: RowNames;
  readonly days: readonly DelayCounts[];
}

/** What a comparison tells of one group. @param days ascending by day */
export function comparedGroup(days: readonly DelayCounts[]): ComparedGroup {
  const sum = (value: (counts: DelayCounts) => number) =>
    days.reduce((total, counts) => total + value(counts), 0);
  const converted = sum((counts) => counts.converted);
  const lost = sum(({ abandoned, notAdmissible }) => abandoned + notAdmissible);
  const pending = sum((counts) => counts.pending);
  const medianDays = timeOfHalf(cumulativeIncidence(riskOf(days)), ({ incidence }) => incidence);
  return { size: converted + lost + pending, converted, lost, pending, medianDays };
}

/**
 * Whether groups differ in how many convert, and how soon. Gray's test of the incidence of converting gives the verdict,
 * because the incidence is what the figures show: with losses as what they are, not as people who might still come.
 *
 * @param groups the delays of each group that has members
 * @throws MeasureError `not-defined` for more than 40 groups
 */
export function compareDelays(groups: readonly NamedDelays[]): Comparison {
  if (groups.length > MOST_GROUPS) {
    const advice = 'ask for fewer keys or filter';
    throw new MeasureError(
      'not-defined',
      `At most ${MOST_GROUPS} groups can be compared, not ${groups.length}: ${advice}.`,
    );
  }
  const counts = groups.map(({ days }) => riskOf(days));
  const grayConverted = grayTest(counts);
  const tooFew = groups.filter(({ days }) => comparedGroup(days).converted < FEWEST_CONVERSIONS);
  return {
    tests: { logRank: logRank(counts).test, grayConverted, grayLost: grayTest(counts.map(exchanged)) },
    verdict: groups.length < 2 ? 'nothing_to_compare' : verdictOf(grayConverted, tooFew.length > 0),
    tooFew: tooFew.map(({ names }) => names),
    alpha: ALPHA,
  };
}

function verdictOf(test: GroupTest | null, isAnyTooSmall: boolean): Verdict {
  if (isAnyTooSmall || !test) return 'too_few_to_say';
  return test.pValue < ALPHA ? 'different' : 'no_difference_shown';
}

/**
 * The groups of a cohort side by side, and whether they differ.
 *
 * @param journeys the facts of each journey
 * @param today the day on which the question is answered
 * @throws MeasureError `not-defined`, `too-many-rows`
 */
export function hysteresisComparison(
  journeys: readonly (readonly MeasuredFact[])[],
  selection: Selection,
  catalogue: Programme,
  question: TriangleQuestion,
  today: Day,
): { items: (RowNames & ComparedGroup)[]; totals: ComparedGroup; comparison: Comparison } {
  const table = new GroupTable(selection.groupBy, (): CohortMember[] => []);
  const members = cohortMembers(journeys, selection, catalogue, question, today);
  for (const member of members) table.at(groupOf(member.entry.dimensions, selection.groupBy)).push(member);
  const days = (some: readonly CohortMember[]) => delaysOfMembers(some, question, catalogue);
  const rows = table.inOrder(catalogue).map(({ names, value }) => ({ names, days: days(value) }));
  return {
    items: rows.map((row) => ({ ...row.names, ...comparedGroup(row.days) })),
    totals: comparedGroup(days(members)),
    comparison: compareDelays(rows),
  };
}
