import { type CodeLists, compareGroups, type FunnelItem, type GroupKey, groupText } from '#measures';
import { type Stage, STAGES } from '#events';

/** A cell in which the two disagree. `returning.<stage>` is the count of the returning entries of a stage. */
export type Difference = Readonly<Partial<Record<GroupKey, string>>> & {
  readonly month: string;
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
 * The cells in which served and replayed rows differ, in the order of rows and stages. A row that only one side has
 * counts as zeros on the other.
 */
export function differences(
  served: readonly FunnelItem[],
  replayed: readonly FunnelItem[],
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
  for (const item of served) pairOf(item).served = item;
  for (const item of replayed) pairOf(item).replayed = item;
  const compare = compareGroups(catalogue, groupBy);
  return [...pairs.values()]
    .sort((a, b) => compareMonths(a.month, b.month) || compare(a.group, b.group))
    .flatMap((pair) => cellsThatDiffer(pair, groupBy));
}

function cellsThatDiffer(pair: RowPair, groupBy: readonly GroupKey[]): Difference[] {
  const names = Object.fromEntries(groupBy.map((key, index) => [key, pair.group[index]!]));
  const cell = (stage: Difference['stage'], count: (row: FunnelItem) => number): Difference => ({
    month: pair.month,
    ...names,
    stage,
    served: pair.served ? count(pair.served) : 0,
    replayed: pair.replayed ? count(pair.replayed) : 0,
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
