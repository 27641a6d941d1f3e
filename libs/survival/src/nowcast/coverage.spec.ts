import { coverageOf, SCENARIOS } from './testing/coverage.js';

/** The bench runs 500; fixed seeds make the outcome of these the same every time. */
const HISTORIES = 40;

describe('the limits of the nowcast on histories of known truth', () => {
  it.each(['small', 'closure'] as const)(
    'cover it as often as they say: %s',
    (scenario) => {
      const { targets } = coverageOf(SCENARIOS[scenario], HISTORIES);
      for (const { forecasts, within80, within95 } of Object.values(targets)) {
        expect(forecasts).toBe(HISTORIES);
        expect(within95 / forecasts).toBeGreaterThanOrEqual(0.93);
        expect(within80 / forecasts).toBeGreaterThanOrEqual(0.75);
      }
    },
    120_000,
  );
});
