import { type Day, monthOfDay, type Month } from '#calendar';
import { type Stage, STAGES } from '#events';
import { type Entry } from './entries.js';
import { checkRowCount, type Group, groupText } from './layout.js';
import { type FunnelCell, type FunnelCells, StageTally } from './layout-funnel.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Selection } from './selection.js';

const STAGE_INDEX = new Map<Stage, number>(STAGES.map((stage, index) => [stage, index]));

/** The entries that a selection keeps: those in its window that its filters let through. */
export function selectEntries<E extends Pick<Entry, 'day' | 'dimensions'>>(
  entries: readonly E[],
  selection: Pick<Selection, 'from' | 'to' | 'filters'>,
): E[] {
  return entries.filter(
    ({ day, dimensions }) => inWindow(day, selection) && passesFilters(dimensions, selection.filters),
  );
}

/** Counts the entries of a period funnel by month and group, journey by journey. */
export class FunnelCounter implements FunnelCells {
  firstDay: Day | undefined;
  lastDay: Day | undefined;
  private readonly tallies = new Map<string, { month: Month; group: Group; tally: StageTally }>();

  constructor(private readonly selection: Pick<Selection, 'from' | 'to' | 'filters' | 'groupBy'>) {}

  /**
   * Counts those of the entries that the selection keeps.
   *
   * @throws MeasureError `too-many-rows` as soon as the answer cannot be given any more
   */
  add(entries: readonly Entry[]): void {
    for (const { stage, day, dimensions, returning } of selectEntries(entries, this.selection)) {
      const { tally } = this.cell(monthOfDay(day), groupOf(dimensions, this.selection.groupBy));
      const index = STAGE_INDEX.get(stage)!;
      tally.counts[index]! += 1;
      if (returning) tally.returning[index]! += 1;
      this.firstDay = Math.min(day, this.firstDay ?? day);
      this.lastDay = Math.max(day, this.lastDay ?? day);
    }
  }

  get cells(): FunnelCell[] {
    return Array.from(this.tallies.values(), ({ month, group, tally }) => ({
      month,
      group,
      counts: tally.counts,
      returning: tally.returning,
    }));
  }

  private cell(month: Month, group: Group): { readonly tally: StageTally } {
    const text = `${month}|${groupText(group)}`;
    let cell = this.tallies.get(text);
    if (!cell) {
      // Every cell becomes a row, so more of them than rows need not be kept.
      checkRowCount(this.tallies.size + 1);
      this.tallies.set(text, (cell = { month, group, tally: new StageTally() }));
    }
    return cell;
  }
}
