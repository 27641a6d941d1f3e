import { isoMonth, type Month } from '#calendar';
import { type Stage, STAGES } from '#events';
import { type CodeLists } from './group-order.js';
import { type CountedDays, type Group, groupText, layoutMonths, namedGroup } from './layout.js';
import { type GroupKey, type Selection } from './selection.js';

export type FunnelKind = 'monthly' | 'cumulative';

/** How many entries each stage has, and how many of them are returning; both by the index in STAGES. */
export interface StageCounts {
  readonly counts: ArrayLike<number>;
  readonly returning: ArrayLike<number>;
}

/** The entries of one month and group. */
export interface FunnelCell extends StageCounts {
  readonly month: Month;
  readonly group: Group;
}

/** The entries that a selection counts: within its window, filters and cut-offs. Each is in exactly one cell. */
export interface FunnelCells extends CountedDays {
  /** In any order; a month and group may stand in several cells, which are added. */
  readonly cells: Iterable<FunnelCell>;
}

/** Entries by stage as answers show them. */
export type StageRow = Record<Stage, number> & { readonly returning: Record<Stage, number> };

/** A row of the monthly or cumulative funnel; the keys stand in the order of the contract. */
export type FunnelItem = { readonly month: string } & Partial<Record<GroupKey, string>> & StageRow;

export interface FunnelAnswer {
  readonly items: FunnelItem[];
  readonly totals: StageRow;
}

/**
 * The rows of the monthly or cumulative funnel, in order, from counts by month and group: those of the served
 * figures and those of the replay alike. `totals` counts the entries of the whole window, which is also what the
 * last month of the cumulative funnel shows.
 *
 * @throws MeasureError `too-many-rows`
 */
export function funnelRows(
  selection: Pick<Selection, 'from' | 'to' | 'groupBy' | 'filters'>,
  catalogue: CodeLists,
  counted: FunnelCells,
  kind: FunnelKind,
): FunnelAnswer {
  const totals = new StageTally();
  const byGroup = new Map<string, Map<Month, StageTally>>();
  const occurring: Group[] = [];
  for (const cell of counted.cells) {
    totals.add(cell);
    const text = groupText(cell.group);
    let byMonth = byGroup.get(text);
    if (!byMonth) {
      byGroup.set(text, (byMonth = new Map<Month, StageTally>()));
      occurring.push(cell.group);
    }
    let tally = byMonth.get(cell.month);
    if (!tally) byMonth.set(cell.month, (tally = new StageTally()));
    tally.add(cell);
  }
  const { months, groups } = layoutMonths(selection, catalogue, counted, occurring);
  const columns = groups.map((group) => ({
    names: namedGroup(selection.groupBy, group),
    byMonth: byGroup.get(groupText(group)),
    running: new StageTally(),
  }));
  const items = months.flatMap((month) =>
    columns.map(({ names, byMonth, running }): FunnelItem => {
      const own = byMonth?.get(month) ?? NOTHING;
      if (kind === 'cumulative') running.add(own);
      return { month: isoMonth(month), ...names, ...stageRow(kind === 'cumulative' ? running : own) };
    }),
  );
  return { items, totals: stageRow(totals) };
}

/** Counts by stage that others can be added to. */
export class StageTally implements StageCounts {
  readonly counts = STAGES.map(() => 0);
  readonly returning = STAGES.map(() => 0);

  add({ counts, returning }: StageCounts): void {
    for (let stage = 0; stage < STAGES.length; stage++) {
      this.counts[stage]! += counts[stage]!;
      this.returning[stage]! += returning[stage]!;
    }
  }
}

const NOTHING: StageCounts = new StageTally();

/** Counts by stage under the names of the stages. */
export function stageRow({ counts, returning }: StageCounts): StageRow {
  return Object.assign(named(counts), { returning: named(returning) });
}

/** A loop: building it from pairs takes several times as long, and a large answer has a hundred thousand rows. */
function named(values: ArrayLike<number>): Record<Stage, number> {
  const row: Partial<Record<Stage, number>> = {};
  for (let index = 0; index < STAGES.length; index++) row[STAGES[index]!] = values[index]!;
  return row as Record<Stage, number>;
}
