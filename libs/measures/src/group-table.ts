import { isoMonth, type Month } from '#calendar';
import { type CodeLists, compareGroups } from './group-order.js';
import { checkRowCount, type Group, groupText, namedGroup } from './layout.js';
import { type GroupKey } from './selection.js';

/** The month and the group of a row, as an item names them. */
export type RowNames = Partial<Record<'month' | GroupKey, string>>;

interface TableRow<T> {
  readonly month: Month | undefined;
  readonly group: Group;
  readonly value: T;
}

/**
 * The rows of a figure that shows only groups in which something is counted. Without groups and months there is
 * always the one row.
 */
export class GroupTable<T> {
  private readonly rows = new Map<string, TableRow<T>>();

  /**
   * @param empty makes the value of a new row
   * @param byMonth whether rows also have a month
   */
  constructor(
    private readonly groupBy: readonly GroupKey[],
    private readonly empty: () => T,
    private readonly byMonth = false,
  ) {
    if (groupBy.length === 0 && !byMonth) this.at([]);
  }

  /**
   * The value of a row, which is there from now on.
   *
   * @throws MeasureError `too-many-rows`
   */
  at(group: Group, month?: Month): T {
    const ofMonth = this.byMonth ? month : undefined;
    const text = `${ofMonth}|${groupText(group)}`;
    let row = this.rows.get(text);
    if (!row) {
      checkRowCount(this.rows.size + 1);
      this.rows.set(text, (row = { month: ofMonth, group, value: this.empty() }));
    }
    return row.value;
  }

  /** The rows by month, then by group in the catalogue's order; `names` are the first properties of an item. */
  inOrder(
    catalogue: CodeLists,
  ): { readonly names: RowNames; readonly month: Month | undefined; readonly value: T }[] {
    const compare = compareGroups(catalogue, this.groupBy);
    return [...this.rows.values()]
      .sort((a, b) => (a.month ?? 0) - (b.month ?? 0) || compare(a.group, b.group))
      .map(({ month, group, value }) => ({
        names: {
          ...(month === undefined ? {} : { month: isoMonth(month) }),
          ...namedGroup(this.groupBy, group),
        },
        month,
        value,
      }));
  }
}
