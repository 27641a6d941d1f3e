import { firstDayOfMonth, lastDayOfMonth } from '#calendar';
import { STAGES, type Stage } from '#events';
import { type FunnelKind, funnelRows, GROUP_KEYS, type Selection } from '#measures';
import { boundsOf } from './cut-offs.js';
import { type EntryCell } from './entry-query.js';
import { type EntryRuns } from './entry-runs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';

const ALL_STAGES = STAGES.map((_, index) => index);

/** The entries that a selection counts, by month and group. */
export function countEntries(
  runs: EntryRuns,
  selection: Selection,
  stages: readonly Stage[] = STAGES,
): EntryCell[] {
  return runs.count({
    ...boundsOf(selection),
    stages: stages === STAGES ? ALL_STAGES : stages.map((stage) => STAGES.indexOf(stage)),
    groupBy: selection.groupBy.map((key) => GROUP_KEYS.indexOf(key)),
    filters: GROUP_KEYS.flatMap((key, dimension) => {
      const values = selection.filters[key];
      return values ? [{ dimension, values }] : [];
    }),
  });
}

/** The monthly or cumulative funnel. */
export function funnelFigure(
  { columns, catalogue }: FigureSource<EntryRuns>,
  selection: Selection,
  kind: FunnelKind,
): FigureBody {
  const cells = countEntries(columns, selection);
  const first = cells[0]?.month;
  const last = cells.at(-1)?.month;
  const counted = {
    cells,
    // Rows are by month, so the edges of the first and the last month serve as the first and last counted day.
    firstDay: first === undefined ? undefined : firstDayOfMonth(first),
    lastDay: last === undefined ? undefined : lastDayOfMonth(last),
  };
  return funnelRows(selection, catalogue, counted, kind);
}
