import { type ClosedDays } from '../open-days.js';
import { nowcast } from '../nowcast.js';
import { type Target, TARGETS } from '../outlook.js';
import { type Scenario, simulatedHistory } from './simulated-history.js';

const CLOSURE: ClosedDays = { from: 450, to: 600 };

/** Made-up programmes: an ordinary one, one of few people, one whose months differ, one that was closed for five months. */
export const SCENARIOS = {
  ordinary: { days: 700, entriesPerDay: 1.5, cohortSpread: 0 },
  small: { days: 700, entriesPerDay: 0.5, cohortSpread: 0 },
  'unlike months': { days: 700, entriesPerDay: 1.5, cohortSpread: 0.4 },
  closure: { days: 700, entriesPerDay: 1.5, cohortSpread: 0, closed: CLOSURE },
} satisfies Record<string, Scenario>;

export interface TargetCoverage {
  /** Histories in which there was a forecast. */
  readonly forecasts: number;
  /** Of these, how often the truth lay within the limits. */
  readonly within80: number;
  readonly within95: number;
  /** Sums over the histories. */
  readonly expected: number;
  readonly truth: number;
}

/** Makes histories with the seeds from 0 on, forecasts each from what is on record, and looks at the truth. */
export function coverageOf(
  scenario: Scenario,
  histories: number,
): { readonly targets: Readonly<Record<Target, TargetCoverage>> } {
  const empty = () => ({ forecasts: 0, within80: 0, within95: 0, expected: 0, truth: 0 });
  const targets = { alreadyConverted: empty(), alreadyLost: empty(), eventuallyConverted: empty() };
  for (let seed = 0; seed < histories; seed++) {
    const { sample, pending, truth } = simulatedHistory(seed, scenario);
    const forecast = nowcast(sample, [pending]).nowcasts[0]!;
    for (const target of TARGETS) {
      const limits = forecast[target];
      if (limits.reason !== null) continue;
      const count = targets[target];
      count.forecasts++;
      count.expected += limits.expected;
      count.truth += truth[target];
      if (limits.low80 <= truth[target] && truth[target] <= limits.high80) count.within80++;
      if (limits.low95 <= truth[target] && truth[target] <= limits.high95) count.within95++;
    }
  }
  return { targets };
}
