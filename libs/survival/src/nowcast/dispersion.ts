import { type Outlook } from './outlook.js';
import { CONVERTED, LOST, type NowcastSample } from './sample.js';

/** Calendar time is looked at in pieces of so many days. */
const PERIOD_DAYS = 30;
/** Cells that expect less variance than this are taken together. */
const LEAST_VARIANCE = 1;

interface Cell {
  observed: number;
  expected: number;
  variance: number;
}

/** How many times as far as independent people would differ, cohorts and periods differ from the common incidence. */
export interface Dispersion {
  readonly converted: number;
  readonly lost: number;
}

/**
 * Pearson's X² over its degrees of freedom, at least 1, of what is on record against what the fit expects to be: once
 * by cohort, once by piece of calendar time, the larger of the two (McCullagh & Nelder 1989, 4.5; as the scale factor
 * of an over-dispersed chain ladder). By cohort it catches months of other people, by calendar time what hit
 * everybody at once.
 */
export function dispersionOf(sample: NowcastSample, outlook: Outlook): Dispersion {
  return {
    converted: scale(sample, CONVERTED, (entry, each) => outlook.recordedConversions(entry, each)),
    lost: scale(sample, LOST, (entry, each) => outlook.recordedLosses(entry, each)),
  };
}

type Expectation = (entry: number, each: (day: number, chance: number) => void) => number;

function scale(sample: NowcastSample, kind: number, expectation: Expectation): number {
  const { entry, outcome, day, cohort } = sample;
  const cohorts = new Map<number, Cell>();
  const first = entry.reduce((least, one) => Math.min(least, one), sample.observedTo);
  const periods = Array.from({ length: periodOf(sample.observedTo, first) + 1 }, noCell);
  const members = new Map<number, { count: number; cohort: number }>();
  for (let i = 0; i < entry.length; i++) {
    const group = members.get(entry[i]!);
    if (group) group.count++;
    else members.set(entry[i]!, { count: 1, cohort: cohort[i]! });
    if (outcome[i] !== kind) continue;
    cell(cohorts, cohort[i]!).observed++;
    periods[periodOf(day[i]!, first)]!.observed++;
  }
  for (const [entryDay, group] of members) {
    const chance = expectation(entryDay, (day, part) => {
      expect(periods[periodOf(day, first)]!, group.count, part);
    });
    expect(cell(cohorts, group.cohort), group.count, chance);
  }
  return Math.max(1, pearson([...cohorts.values()]), pearson(periods));
}

const periodOf = (day: number, first: number) => Math.floor((day - first) / PERIOD_DAYS);
const noCell = (): Cell => ({ observed: 0, expected: 0, variance: 0 });

function cell(cells: Map<number, Cell>, key: number): Cell {
  let found = cells.get(key);
  if (!found) cells.set(key, (found = noCell()));
  return found;
}

function expect(into: Cell, count: number, chance: number): void {
  into.expected += count * chance;
  into.variance += count * chance * (1 - chance);
}

function pearson(cells: readonly Cell[]): number {
  const rest = noCell();
  const large: Cell[] = [rest];
  for (const one of cells) {
    if (one.variance >= LEAST_VARIANCE) large.push(one);
    else {
      rest.observed += one.observed;
      rest.expected += one.expected;
      rest.variance += one.variance;
    }
  }
  const counted = large.filter(({ variance }) => variance >= LEAST_VARIANCE);
  if (counted.length < 2) return 1;
  const x2 = counted.reduce(
    (sum, { observed, expected, variance }) => sum + (observed - expected) ** 2 / variance,
    0,
  );
  return x2 / (counted.length - 1);
}
