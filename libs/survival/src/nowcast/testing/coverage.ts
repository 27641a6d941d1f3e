import { type ClosedDays } from '../open-days.js';
import { type Nowcast, nowcast } from '../nowcast.js';
import { type Target, TARGETS } from '../outlook.js';
import { type Scenario, simulatedHistory } from './simulated-history.js';

const CLOSURE: ClosedDays = { from: 450, to: 600 };

/**
 * Made-up programmes: an ordinary one, one of few people, one whose months differ, one that
 * grew twentyfold, so that many wait at ages at which few were watched; one that was closed for five months. */
export const SCENARIOS = {
  ordinary: { days: 700, entriesPerDay: 1.5, cohortSpread: 0 },
  small: { days: 700, entriesPerDay: 0.5, cohortSpread: 0 },
  'unlike months': { days: 700, entriesPerDay: 1.5, cohortSpread: 0.4 },
  growing: { days: 900, entriesPerDay: 0.1, cohortSpread: 0, growth: { from: 700, entriesPerDay: 2 } },
  closure: { days: 700, entriesPerDay: 1.5, cohortSpread: 0, closed: CLOSURE },
} satisfies Record<string, Scenario>;

export interface TargetCoverage {
  /** Forecasts that gave a number. */
  readonly forecasts: number;
  /** Of these, how often the truth lay within the limits. */
  readonly within80: number;
  readonly within95: number;
  /** Sums over the forecasts. */
  readonly expected: number;
  readonly truth: number;
}

export type Coverage = Readonly<Record<Target, TargetCoverage>>;

/** How often limits held. */
export interface CoverageReport {
  readonly inAll: Coverage;
  /** Of the forecasts for a single month of entry. */
  readonly byCohort: Coverage;
  /** Of these, in the month of entry in which they held least often. */
  readonly leastByCohort: Readonly<Record<Target, number>>;
}

/** Makes histories with the seeds from 0 on, forecasts each from what is on record, and looks at the truth. */
export function coverageOf(scenario: Scenario, histories: number): CoverageReport {
  const inAll = noCoverage();
  const byCohort = noCoverage();
  const cohorts = new Map<number, ReturnType<typeof noCoverage>>();
  for (let seed = 0; seed < histories; seed++) {
    const { sample, all, byCohort: months } = simulatedHistory(seed, scenario);
    const sets = [all, ...months];
    const { nowcasts, basis } = nowcast(
      sample,
      sets.map(({ pending }) => pending),
    );
    const isForecast = (entry: number) =>
      sample.clock.age(entry, sample.observedTo + 1) < (basis.horizonDays ?? 0);
    nowcasts.forEach((forecast, i) => {
      const { cohort, truth } = sets[i]!;
      const found = { ...truth, eventuallyConverted: 0 };
      for (const [entry, count] of truth.eventuallyConverted) {
        if (isForecast(entry)) found.eventuallyConverted += count;
      }
      compare(cohort === undefined ? inAll : byCohort, forecast, found);
      if (cohort === undefined) return;
      const own = cohorts.get(cohort) ?? noCoverage();
      cohorts.set(cohort, own);
      compare(own, forecast, found);
    });
  }
  return { inAll, byCohort, leastByCohort: leastOf([...cohorts.values()], histories) };
}

const noCoverage = () => {
  const empty = () => ({ forecasts: 0, within80: 0, within95: 0, expected: 0, truth: 0 });
  return { alreadyConverted: empty(), alreadyLost: empty(), eventuallyConverted: empty() };
};

/** Months in which hardly a history has anybody pending tell nothing. */
function leastOf(cohorts: readonly Coverage[], histories: number): Record<Target, number> {
  const least = (target: Target) =>
    cohorts
      .map((of) => of[target])
      .filter(({ forecasts }) => forecasts >= histories / 2)
      .reduce((lowest, { within95, forecasts }) => Math.min(lowest, within95 / forecasts), 1);
  return {
    alreadyConverted: least('alreadyConverted'),
    alreadyLost: least('alreadyLost'),
    eventuallyConverted: least('eventuallyConverted'),
  };
}

function compare(
  counts: ReturnType<typeof noCoverage>,
  forecast: Nowcast,
  truth: Readonly<Record<Target, number>>,
): void {
  for (const target of TARGETS) {
    const limits = forecast[target];
    if (limits.reason !== null) continue;
    const count = counts[target];
    count.forecasts++;
    count.expected += limits.expected;
    count.truth += truth[target];
    if (limits.low80 <= truth[target] && truth[target] <= limits.high80) count.within80++;
    if (limits.low95 <= truth[target] && truth[target] <= limits.high95) count.within95++;
  }
}
