import { type Day, isoDay } from '#calendar';
import {
  comparedGroup,
  compareDelays,
  type DelayCounts,
  GroupTable,
  observationEnd,
  type Selection,
  type TriangleQuestion,
} from '#measures';
import { AnswerCells } from './answer-cells.js';
import { CohortDelays, lastDays, membersByCell, suspensionsOf } from './cohort-delays.js';
import { scanCohort } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';

/**
 * The groups of a cohort side by side, and whether they differ in converting.
 *
 * @param today the day of the answer; nobody is followed beyond it
 * @throws MeasureError `not-defined` for too many groups, `too-many-rows`
 */
export function comparisonFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  question: TriangleQuestion,
  today: Day,
): FigureBody {
  const { facts } = columns;
  const end = observationEnd(selection, today);
  const { members } = scanCohort(columns, catalogue, question, boundsOf(selection));
  const cells = new AnswerCells(facts, catalogue, selection, [members], false);
  const suspended = suspensionsOf(question.toStage, question.net, catalogue);
  const delays = new CohortDelays(members, facts, lastDays(members, facts, end), suspended);
  const grouped = membersByCell(cells.cells[0]!, cells.size);
  const table = new GroupTable(selection.groupBy, (): { days: DelayCounts[] } => ({ days: [] }));
  for (let cell = 0; cell < cells.size; cell++) {
    const { starts } = grouped;
    table.at(cells.names(cell).group).days = delays.count(grouped.members, starts[cell], starts[cell + 1]);
  }
  const rows = table.inOrder(catalogue).map(({ names, value }) => ({ names, days: value.days }));
  return {
    items: rows.map(({ names, days }) => ({ ...names, ...comparedGroup(days) })),
    totals: { ...comparedGroup(delays.count(grouped.members)) },
    findings: { ...compareDelays(rows), observationEnd: isoDay(end) },
  };
}
