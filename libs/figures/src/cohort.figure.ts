import { type FunnelStage } from '#events';
import { cohortRow, GroupTable, laterStages, type OutcomeCounts, OUTCOMES, type Selection } from '#measures';
import { AnswerCells, NO_CELL } from './answer-cells.js';
import { scanCohort } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';

const KINDS = OUTCOMES.length;

/** Of those who entered a stage: how many reached each later one, and what became of the others. */
export function cohortFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  { stage, byMonth }: { readonly stage: FunnelStage; readonly byMonth: boolean },
): FigureBody {
  const later = laterStages(stage);
  const bounds = boundsOf(selection);
  // Every scan meets the same entries in the same order; only their outcomes differ. The last stage leads nowhere.
  const cohorts = (later.length > 0 ? later : [stage]).map(
    (toStage) => scanCohort(columns, catalogue, { fromStage: stage, toStage }, bounds).members,
  );
  const cells = new AnswerCells(columns.facts, catalogue, selection, cohorts.slice(0, 1), byMonth);
  const cellOf = cells.cells[0]!;
  const counts = cohorts.map(({ outcome, length }) => {
    const byCell = new Uint32Array(cells.size * KINDS);
    for (let i = 0; i < length; i++) {
      if (cellOf[i] !== NO_CELL) byCell[cellOf[i]! * KINDS + outcome[i]!]!++;
    }
    return byCell;
  });
  const none = (): OutcomeCounts => ({ converted: 0, abandoned: 0, notAdmissible: 0, pending: 0 });
  const empty = () => cohorts.map(none);
  const table = new GroupTable(selection.groupBy, empty, byMonth);
  const totals = empty();
  for (let cell = 0; cell < cells.size; cell++) {
    const { group, month } = cells.names(cell);
    const row = table.at(group, month);
    cohorts.forEach((_, to) => {
      OUTCOMES.forEach((outcome, kind) => {
        const count = counts[to]![cell * KINDS + kind]!;
        row[to]![outcome] += count;
        totals[to]![outcome] += count;
      });
    });
  }
  const shown = (outcomes: readonly OutcomeCounts[]) =>
    cohortRow(
      OUTCOMES.reduce((size, outcome) => size + outcomes[0]![outcome], 0),
      later.map((to, i) => [to, outcomes[i]!]),
    );
  return {
    items: table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...shown(value) })),
    totals: { ...shown(totals) },
  };
}
