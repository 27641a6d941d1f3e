import fc from 'fast-check';
import { grayTest, type Observation, timeCounts } from './index.js';
import { plainGray } from './testing/plain-gray.js';

const observation: fc.Arbitrary<Observation> = fc.record({
  time: fc.integer({ min: 0, max: 25 }),
  end: fc.constantFrom('event', 'event', 'competing', 'censored'),
});
const groups = fc.array(fc.array(observation, { minLength: 3, maxLength: 30 }), {
  minLength: 2,
  maxLength: 5,
});

describe("Gray's test of any number of groups", () => {
  it('is that of the plain definition', () => {
    let compared = 0;
    fc.assert(
      fc.property(groups, (seen) => {
        const { statistic: expected } = plainGray(seen);
        if (expected === undefined) return;
        const test = grayTest(seen.map((one) => timeCounts(one)))!;
        expect(test.degreesOfFreedom).toBe(seen.length - 1);
        expect(Math.abs(test.statistic - expected)).toBeLessThan(1e-7 * Math.max(1, expected));
        if (seen.length > 2) compared++;
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(150);
  });

  it('the scores add up to nothing, and so does every row of their covariance', () => {
    fc.assert(
      fc.property(groups, (seen) => {
        const { scores, covariance } = plainGray(seen);
        const largest = Math.max(1, ...covariance.flat());
        for (const row of [scores, ...covariance]) {
          expect(Math.abs(row.reduce((a, b) => a + b, 0))).toBeLessThan(1e-9 * largest);
        }
      }),
      { numRuns: 50 },
    );
  });
});
