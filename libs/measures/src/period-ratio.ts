import { monthOfDay } from '#calendar';
import { type FunnelStage } from '#events';
import { type Entry } from './entries.js';
import { selectEntries } from './funnel.js';
import { type CodeLists } from './group-order.js';
import { GroupTable, type RowNames } from './group-table.js';
import { MeasureError } from './measure.error.js';
import { percentage } from './percentage.js';
import { groupOf } from './selected.js';
import { GROUP_KEYS, type GroupKey, type Selection } from './selection.js';

export interface StagePair {
  readonly fromStage: FunnelStage;
  readonly toStage: FunnelStage;
}

export interface PeriodRatio {
  /** Entries of `toStage`. */
  readonly numerator: number;
  /** Entries of `fromStage`. */
  readonly denominator: number;
  readonly pct: number | null;
}

/** The keys that tell nothing of a stage pair unless both stages have them from the same kind of place. */
const PLACE_KEYS: readonly GroupKey[] = ['venue', 'mode', 'sa'];
const SHARED_KEYS: Readonly<Record<string, readonly GroupKey[]>> = {
  'booked→attended': ['venue', 'mode'],
  'saChosen→pdsSigned': ['sa'],
};

/**
 * The first grouping or filter key by which the two stages cannot be compared, because they don't share it;
 * undefined when the ratio is defined.
 */
export function unsharedKey(
  { fromStage, toStage }: StagePair,
  { groupBy, filters }: Pick<Selection, 'groupBy' | 'filters'>,
): GroupKey | undefined {
  const shared = SHARED_KEYS[`${fromStage}→${toStage}`] ?? [];
  return GROUP_KEYS.find(
    (key) =>
      PLACE_KEYS.includes(key) &&
      !shared.includes(key) &&
      (groupBy.includes(key) || filters[key] !== undefined),
  );
}

/**
 * What entered one stage over what entered another in the same window, be it other people (Tables 8, 9 and 11 of the
 * report do so). Groups and filters look at the entries of either side by themselves.
 *
 * @throws MeasureError `not-defined` by a key that the stages don't share; `too-many-rows`
 */
export function periodRatio(
  entries: readonly Entry[],
  selection: Selection,
  catalogue: CodeLists,
  { fromStage, toStage, byMonth }: StagePair & { readonly byMonth: boolean },
): { items: (RowNames & PeriodRatio)[]; totals: PeriodRatio } {
  const key = unsharedKey({ fromStage, toStage }, selection);
  if (key) {
    throw new MeasureError('not-defined', `${fromStage} and ${toStage} cannot be compared by ${key}.`);
  }
  const table = new GroupTable(selection.groupBy, () => ({ numerator: 0, denominator: 0 }), byMonth);
  const totals = { numerator: 0, denominator: 0 };
  for (const { stage, day, dimensions } of selectEntries(entries, selection)) {
    if (stage !== fromStage && stage !== toStage) continue;
    const row = table.at(groupOf(dimensions, selection.groupBy), monthOfDay(day));
    for (const sides of [row, totals]) {
      if (stage === toStage) sides.numerator++;
      else sides.denominator++;
    }
  }
  return {
    items: table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...ratioOf(value) })),
    totals: ratioOf(totals),
  };
}

/** Entries of one stage over those of another, with their share. */
export function ratioOf({ numerator, denominator }: Omit<PeriodRatio, 'pct'>): PeriodRatio {
  return { numerator, denominator, pct: percentage(numerator, denominator) };
}
