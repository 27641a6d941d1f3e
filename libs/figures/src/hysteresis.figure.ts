import { type Day, isoDay } from '#calendar';
import {
  checkRowCount,
  type DelayCounts,
  GroupTable,
  type HysteresisQuestion,
  type HysteresisRow,
  hysteresisRow,
  observationEnd,
  ratioOf,
  type Selection,
  unsharedKey,
} from '#measures';
import { AnswerCells, NO_CELL } from './answer-cells.js';
import { CohortDelays, lastDays, membersByCell, suspensionsOf } from './cohort-delays.js';
import { scanCohort } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type FigureItem } from './figure-request.js';
import { type JourneyColumns } from './journey-columns.js';

interface Cell {
  days: readonly DelayCounts[];
  size: number;
  /** Entries of the later stage, whoever made them. */
  reached: number;
}

/**
 * Late or lost: delays, outcomes and curves from one stage to a later one.
 *
 * @param today the day of the answer; nobody is followed beyond it
 * @throws MeasureError `too-many-rows`, also when the points of all curves are too many
 */
export function hysteresisFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  question: HysteresisQuestion,
  today: Day,
): FigureBody {
  const { facts } = columns;
  const hasRatio = unsharedKey(question, selection) === undefined;
  const end = observationEnd(selection, today);
  const { members, reached } = scanCohort(columns, catalogue, question, boundsOf(selection));
  const lists = hasRatio ? [members, reached] : [members];
  const cells = new AnswerCells(facts, catalogue, selection, lists, question.byMonth);
  const suspended = suspensionsOf(question.toStage, question.net, catalogue);
  const delays = new CohortDelays(members, facts, lastDays(members, facts, end), suspended);
  const grouped = membersByCell(cells.cells[0]!, cells.size);

  const empty = (): Cell => ({ days: [], size: 0, reached: 0 });
  const table = new GroupTable(selection.groupBy, empty, question.byMonth);
  const byCell = Array.from({ length: cells.size }, (_, cell) => {
    const { group, month } = cells.names(cell);
    const row = table.at(group, month);
    const [from, to] = [grouped.starts[cell]!, grouped.starts[cell + 1]!];
    row.days = delays.count(grouped.members, from, to);
    row.size = to - from;
    return row;
  });
  const totals: Cell = { days: delays.count(grouped.members), size: grouped.members.length, reached: 0 };
  for (const cell of cells.cells[1] ?? []) {
    if (cell === NO_CELL) continue;
    byCell[cell]!.reached++;
    totals.reached++;
  }
  if (question.curve) checkRowCount(byCell.reduce((points, { days }) => points + days.length, 0));
  const shown = ({ days, size, reached: numerator }: Cell): HysteresisRow =>
    hysteresisRow(days, hasRatio ? ratioOf({ numerator, denominator: size }) : null, question);
  const whole: FigureItem = { ...shown(totals) };
  // Neither split by groups nor by months, the one row is the whole.
  const single = selection.groupBy.length === 0 && !question.byMonth;
  const rows = () => table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...shown(value) }));
  return {
    items: single ? [whole] : rows(),
    totals: whole,
    findings: { observationEnd: isoDay(end) },
  };
}
