import {
  type CodeLists,
  compareGroups,
  type FunnelAnswer,
  type FunnelItem,
  type GroupKey,
  groupText,
  type StageRow,
} from '#measures';
import { type Stage, STAGES } from '#events';

/**
 * A cell in which the two disagree. `returning.<stage>` is the count of the returning entries of a stage. Month and
 * groups are null in a cell of the totals.
 */
export type Difference = Readonly<Partial<Record<GroupKey, string | null>>> & {
  readonly month: string | null;
  readonly stage: Stage | `returning.${Stage}`;
  readonly served: number;
  readonly replayed: number;
};

interface RowPair {
  readonly month: string;
  readonly group: readonly string[];
  served?: FunnelItem;
  replayed?: FunnelItem;
}

/**
 * The cells in which served and replayed rows differ, in the order of rows and stages, and after them those of the
 * totals. A row that only one side has counts as zeros on the other.
 */
export function differences(
  served: FunnelAnswer,
  replayed: FunnelAnswer,
  groupBy: readonly GroupKey[],
  catalogue: CodeLists,
): Difference[] {
  const pairs = new Map<string, RowPair>();
  const pairOf = (item: FunnelItem): RowPair => {
    const group = groupBy.map((key) => item[key]!);
    const text = groupText([item.month, ...group]);
    let pair = pairs.get(text);
    if (!pair) pairs.set(text, (pair = { month: item.month, group }));
    return pair;
  };
  for (const item of served.items) pairOf(item).served = item;
  for (const item of replayed.items) pairOf(item).replayed = item;
  const compare = compareGroups(catalogue, groupBy);
  const ofRows = [...pairs.values()]
    .sort((a, b) => compareMonths(a.month, b.month) || compare(a.group, b.group))
    .flatMap((pair) => {
      const place = { month: pair.month, ...placeOf(groupBy, pair.group) };
      return cellsThatDiffer(place, pair.served, pair.replayed);
    });
  const whole = { month: null, ...placeOf(groupBy) };
  return [...ofRows, ...cellsThatDiffer(whole, served.totals, replayed.totals)];
}

function placeOf(groupBy: readonly GroupKey[], group?: readonly string[]) {
  return Object.fromEntries(groupBy.map((key, index) => [key, group?.[index] ?? null]));
}

function cellsThatDiffer(
  place: Pick<Difference, 'month' | GroupKey>,
  served: StageRow | undefined,
  replayed: StageRow | undefined,
): Difference[] {
  const cell = (stage: Difference['stage'], count: (row: StageRow) => number): Difference => ({
    ...place,
    stage,
    served: served ? count(served) : 0,
    replayed: replayed ? count(replayed) : 0,
  });
  return [
    ...STAGES.map((stage) => cell(stage, (row) => row[stage])),
    ...STAGES.map((stage) => cell(`returning.${stage}`, (row) => row.returning[stage])),
  ].filter((one) => one.served !== one.replayed);
}

function compareMonths(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
