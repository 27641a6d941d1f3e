import { type Day, monthOfDay } from '#calendar';
import { cohortMembers, type CohortMember, entriesOfStage, type Programme } from './cohort-members.js';
import { type DelayCounts, delayCounts } from './delay-counts.js';
import { GroupTable, type RowNames } from './group-table.js';
import { type HysteresisRow, hysteresisRow } from './hysteresis-row.js';
import { openDays } from './open-days.js';
import { ratioOf, type StagePair, unsharedKey } from './period-ratio.js';
import { groupOf } from './selected.js';
import { type Selection } from './selection.js';
import { type MeasuredFact } from './visible-facts.js';

export interface HysteresisQuestion extends StagePair {
  /** Only days on which `toStage` was open count. */
  readonly net: boolean;
  readonly curve: boolean;
  readonly byMonth: boolean;
}

/** The delays of members in days, gross or net of the suspensions of `toStage`. */
export function delaysOfMembers(
  members: readonly CohortMember[],
  { toStage, net }: Pick<HysteresisQuestion, 'toStage' | 'net'>,
  catalogue: Programme,
): DelayCounts[] {
  return delayCounts(
    members.map(({ entry, day, outcome }) => ({
      day: net ? openDays(entry.day, day, toStage, catalogue) : day - entry.day,
      outcome,
    })),
  );
}

/**
 * How long after entering `fromStage` people reach `toStage`, and of those who have not, who is lost and who is late.
 * A row stands for every (month and) group with an entry of `fromStage`, or, where there is a period ratio, of either.
 *
 * @param journeys the facts of each journey
 * @param today the day on which the question is answered
 * @throws MeasureError `too-many-rows`
 */
export function hysteresis(
  journeys: readonly (readonly MeasuredFact[])[],
  selection: Selection,
  catalogue: Programme,
  question: HysteresisQuestion,
  today: Day,
): { items: (RowNames & HysteresisRow)[]; totals: HysteresisRow } {
  const hasRatio = unsharedKey(question, selection) === undefined;
  const empty = (): { members: CohortMember[]; reached: number } => ({ members: [], reached: 0 });
  const table = new GroupTable(selection.groupBy, empty, question.byMonth);
  const totals = empty();
  for (const member of cohortMembers(journeys, selection, catalogue, question, today)) {
    const group = groupOf(member.entry.dimensions, selection.groupBy);
    table.at(group, monthOfDay(member.entry.day)).members.push(member);
    totals.members.push(member);
  }
  if (hasRatio) {
    for (const { entry } of entriesOfStage(journeys, selection, catalogue, question.toStage)) {
      table.at(groupOf(entry.dimensions, selection.groupBy), monthOfDay(entry.day)).reached++;
      totals.reached++;
    }
  }
  const row = ({ members, reached }: typeof totals) =>
    hysteresisRow(
      delaysOfMembers(members, question, catalogue),
      hasRatio ? ratioOf({ numerator: reached, denominator: members.length }) : null,
      question,
    );
  const rows = table.inOrder(catalogue);
  return { items: rows.map(({ names, value }) => ({ ...names, ...row(value) })), totals: row(totals) };
}
