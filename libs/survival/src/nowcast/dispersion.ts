import { type Outlook } from './outlook.js';
import { CONVERTED, LOST, type NowcastSample } from './sample.js';

/** Calendar time is looked at in pieces of so many days. */
const PERIOD_DAYS = 30;

interface Cell {
  observed: number;
  expected: number;
  variance: number;
}

/**
 * How far months differ from the common incidence, beyond what chance among independent people does: the squared
 * coefficient of variation of a factor on the chances of everybody in a cohort, and of everybody at a time.
 */
export interface Spread {
  readonly betweenCohorts: number;
  readonly betweenPeriods: number;
}

export interface Dispersion {
  readonly converted: Spread;
  readonly lost: Spread;
}

/**
 * Both spreads of conversions and of losses, from what is on record (O) against what the fit expects to be (E, of
 * variance V among independent people): Σ((O − E)² − V) / ΣE², not below 0. That is the method of moments for counts
 * of variance V + κE² (the negative binomial of Lawless 1987; Breslow 1984). By cohort it catches months of other
 * people, by pieces of calendar time what hit everybody at once.
 */
export function dispersionOf(sample: NowcastSample, outlook: Outlook): Dispersion {
  return {
    converted: spreadOf(sample, CONVERTED, (entry, each) => outlook.recordedConversions(entry, each)),
    lost: spreadOf(sample, LOST, (entry, each) => outlook.recordedLosses(entry, each)),
  };
}

type Expectation = (entry: number, each: (day: number, chance: number) => void) => number;

function spreadOf(sample: NowcastSample, kind: number, expectation: Expectation): Spread {
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
  return { betweenCohorts: factor([...cohorts.values()]), betweenPeriods: factor(periods) };
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

function factor(cells: readonly Cell[]): number {
  let excess = 0;
  let squares = 0;
  for (const { observed, expected, variance } of cells) {
    excess += (observed - expected) ** 2 - variance;
    squares += expected ** 2;
  }
  return squares > 0 ? Math.max(0, excess / squares) : 0;
}
