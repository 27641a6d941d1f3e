import { coverageOf, SCENARIOS } from './testing/coverage.js';

/** The bench runs 500; fixed seeds make the outcome of these the same every time. */
const HISTORIES = 40;

describe('the limits of the nowcast on histories of known truth', () => {
  it.each(['small', 'growing', 'closure'] as const)(
    'cover it as often as they say, in all and for each month of entry: %s',
    (scenario) => {
      const { inAll, byCohort, leastByCohort } = coverageOf(SCENARIOS[scenario], HISTORIES);
      for (const { forecasts, within80, within95 } of [...Object.values(inAll), ...Object.values(byCohort)]) {
        expect(forecasts).toBeGreaterThanOrEqual(0.9 * HISTORIES);
        expect(within95 / forecasts).toBeGreaterThanOrEqual(0.93);
        expect(within80 / forecasts).toBeGreaterThanOrEqual(0.75);
      }
      // Forty of a month are few: of the least lucky one of twenty months three may miss.
      for (const share of Object.values(leastByCohort)) expect(share).toBeGreaterThanOrEqual(0.92);
    },
    120_000,
  );
});
