import { type Instant, isoDay, type Month, monthOfDay, romeDay } from '#calendar';
import { type FactName, STAGE_ORDER } from '#events';
import {
  addAtAge,
  type CohortAges,
  GroupTable,
  MonthAges,
  noAges,
  noCohort,
  observedUpTo,
  OUTCOMES,
  type Selection,
  SettlingTimes,
  Triangle,
  type TriangleQuestion,
  triangleTypes,
} from '#measures';
import { AnswerCells, NO_CELL } from './answer-cells.js';
import { lastDays } from './cohort-delays.js';
import { scanCohort } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';

const KINDS = OUTCOMES.length;

/**
 * The run-off triangle: the cohorts of each month, and what had become of them by the end of each later month.
 *
 * @param now the time of the answer; nobody is followed beyond it
 * @throws MeasureError `too-many-rows`, of rows or of cells
 */
export function triangleFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  question: TriangleQuestion,
  now: Instant,
): FigureBody {
  const { facts } = columns;
  const end = romeDay(observedUpTo(selection, now));
  const { members } = scanCohort(columns, catalogue, question, boundsOf(selection));
  const cells = new AnswerCells(facts, catalogue, selection, [members], true);
  const cellOf = cells.cells[0]!;
  // Days are few: members of one cell with one outcome are counted by the day that ends it before months are looked at.
  const last = lastDays(members, facts, end);
  const byEnd = new Map<number, number>();
  const days = last.reduce((most, day) => Math.max(most, day), 0) + 1;
  for (let i = 0; i < members.length; i++) {
    if (cellOf[i] === NO_CELL) continue;
    const key = (cellOf[i]! * KINDS + members.outcome[i]!) * days + last[i]!;
    byEnd.set(key, (byEnd.get(key) ?? 0) + 1);
  }
  const ages = new MonthAges(catalogue, question);
  const settling = settlingTimes(columns, selection, triangleTypes(question), now);
  const shape = new Triangle(ages, selection, question, { settling, now });
  const table = new GroupTable(selection.groupBy, noCohort, true);
  const whole = new Map<Month, CohortAges>();
  for (const [key, count] of byEnd) {
    const kind = Math.floor(key / days);
    const { group, month } = cells.names(Math.floor(kind / KINDS));
    const cohort = month!;
    const row = table.at(group, cohort);
    row.month = cohort;
    if (!whole.has(cohort)) whole.set(cohort, noAges());
    const age = ages.age(cohort, monthOfDay(key % days));
    for (const counts of [row.counts, whole.get(cohort)!]) {
      addAtAge(counts, OUTCOMES[kind % KINDS]!, age, count);
    }
  }
  return {
    items: shape.rows(table.inOrder(catalogue)),
    totals: { ...shape.totals(whole) },
    findings: { observationEnd: isoDay(end) },
  };
}

/** How long the visible facts of some types take to be recorded. */
function settlingTimes(
  columns: JourneyColumns,
  selection: Selection,
  types: readonly FactName[],
  now: Instant,
): SettlingTimes {
  const { name, day, recorded } = columns.facts;
  const settling = new SettlingTimes(selection, now);
  const counted = Uint8Array.from(STAGE_ORDER, (one) => Number(types.includes(one)));
  columns.forEach(boundsOf(selection), (_journey, rows, count) => {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (counted[name[row]!]) settling.add(STAGE_ORDER[name[row]!]!, day[row]!, recorded[row]!);
    }
  });
  return settling;
}
