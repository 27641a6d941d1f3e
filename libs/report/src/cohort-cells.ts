import { type FigureItem } from '#figures';
import { percentage } from '#measures';
import { type CellValue, type Column } from './document.js';
import { column } from './lines.js';
import { linkTo } from './links.js';
import { oneDecimal } from './rates.js';
import { valueOf } from './reading.js';
import { type ReportScope } from './scope.js';

/** What stands beside a period ratio: the cohort of the earlier stage and what became of each member. */
export function cohortColumns(scope: ReportScope): Column[] {
  return [
    column('cohortConverted', scope.say('cohort.converted')),
    column('cohortConvertedPct', scope.say('cohort.convertedPct'), 'percent'),
    column('cohortLost', scope.say('cohort.lost')),
    column('cohortLostPct', scope.say('cohort.lostPct'), 'percent'),
    column('cohortPending', scope.say('cohort.pending')),
    column('cohortPendingPct', scope.say('cohort.pendingPct'), 'percent'),
    column('delayMedian', scope.say('cohort.delayMedian'), 'decimal'),
    column('delayP90', scope.say('cohort.delayP90'), 'decimal'),
  ];
}

/** The cells of a hysteresis row; nulls where the figure has no such row. */
export function cohortCells(row: FigureItem | undefined): Record<string, CellValue> {
  if (row === undefined) return {};
  const count = (path: string) => valueOf(row, path) as number;
  const delay = (path: string) => oneDecimal((valueOf(row, path) ?? null) as number | null);
  const [size, converted, pending] = [count('size'), count('converted'), count('pending')];
  const lost = count('abandoned') + count('notAdmissible');
  return {
    cohortConverted: converted,
    cohortConvertedPct: percentage(converted, size),
    cohortLost: lost,
    cohortLostPct: percentage(lost, size),
    cohortPending: pending,
    cohortPendingPct: percentage(pending, size),
    delayMedian: delay('delays.median'),
    delayP90: delay('delays.p90'),
  };
}

/** The people behind those cells. */
export function cohortLinks(
  scope: ReportScope,
  pair: { readonly fromStage: string; readonly toStage: string },
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  const { fromStage: stage, toStage } = pair;
  const people = (outcome: string) => linkTo(scope, 'journeys', { stage, toStage, outcome, ...parameters });
  return { cohortConverted: people('converted'), cohortPending: people('pending') };
}
