import { type Nowcast } from '#survival';

/** What is known today of those who were pending at a past month end. */
export interface Recorded {
  readonly recordedConverted: number;
  readonly recordedLost: number;
  readonly recordedEventually: number;
}

/** Whether the truth of each forecast is on record by now. */
interface Settled {
  /** So much time has gone by as nearly all conversions, or losses, need to be recorded. */
  readonly settledConverted: boolean;
  readonly settledLost: boolean;
  /** Those whose end was forecast have all been watched up to the horizon since. */
  readonly settled: boolean;
}

export interface BacktestItem extends Nowcast, Recorded, Settled {
  readonly knownAt: string;
}

const COMPARED = [
  ['alreadyConverted', 'recordedConverted', 'settledConverted'],
  ['alreadyLost', 'recordedLost', 'settledLost'],
  ['eventuallyConverted', 'recordedEventually', 'settled'],
] as const;

/**
 * How often what is recorded lies within the limits of the forecasts, where there is one and its time has come. A
 * forecast that leaves nothing open (nobody can be meant) is no achievement and does not count.
 */
export function coverage(items: readonly BacktestItem[]) {
  const empty = () => ({ compared: 0, within80: 0, within95: 0 });
  const all = { alreadyConverted: empty(), alreadyLost: empty(), eventuallyConverted: empty() };
  for (const item of items) {
    for (const [target, recorded, settled] of COMPARED) {
      const limits = item[target];
      if (limits.reason !== null || limits.low95 === limits.high95 || !item[settled]) continue;
      const { low80, high80, low95, high95 } = limits;
      all[target].compared++;
      if (low80 <= item[recorded] && item[recorded] <= high80) all[target].within80++;
      if (low95 <= item[recorded] && item[recorded] <= high95) all[target].within95++;
    }
  }
  const sum = Object.values(all).reduce(
    (a, b) => ({
      compared: a.compared + b.compared,
      within80: a.within80 + b.within80,
      within95: a.within95 + b.within95,
    }),
    empty(),
  );
  const months = new Set(items.map(({ knownAt }) => knownAt)).size;
  return {
    months,
    ...shares(sum),
    ...Object.fromEntries(Object.entries(all).map(([target, counts]) => [target, shares(counts)])),
  };
}

function shares({ compared, within80, within95 }: Record<'compared' | 'within80' | 'within95', number>) {
  const share = (within: number) => (compared === 0 ? null : within / compared);
  return { compared, within80, within95, coverage80: share(within80), coverage95: share(within95) };
}
