import fc from 'fast-check';
import { countForecast } from './predictive-interval.js';

/** Chances of 0 to n among n independent people, worked out person by person. */
function oneByOne(chances: readonly number[]): number[] {
  return chances.reduce<number[]>(
    (counts, chance) =>
      [...counts, 0].map((_, k) => (counts[k] ?? 0) * (1 - chance) + (counts[k - 1] ?? 0) * chance),
    [1],
  );
}

function quantile(counts: readonly number[], level: number): number {
  let reached = 0;
  return counts.findIndex((chance) => (reached += chance) >= level);
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('the forecast of a count', () => {
  it('has the quantiles of a binomial when nothing but chance is in it', () => {
    const counts = oneByOne(Array.from({ length: 30 }, () => 1 / 3));
    expect(countForecast(30, { mean: 10, variance: 30 * (1 / 3) * (2 / 3) })).toEqual({
      expected: 10,
      low95: quantile(counts, 0.025),
      low80: quantile(counts, 0.1),
      high80: quantile(counts, 0.9),
      high95: quantile(counts, 0.975),
    });
  });

  it('knows when nothing is open', () => {
    expect(countForecast(0, { mean: 0, variance: 0 })).toEqual({
      expected: 0,
      low80: 0,
      high80: 0,
      low95: 0,
      high95: 0,
    });
    expect(countForecast(7, { mean: 7, variance: 0 }).low95).toBe(7);
    expect(countForecast(5, { mean: 3, variance: 0 })).toMatchObject({ expected: 3, low95: 3, high95: 3 });
  });

  it('holds what may be though it was never seen, and never less than without', () => {
    // Half an event among as many as are waiting: a negative binomial of shape 1/2 and mean 1/2, P(0) = 0.707.
    const never = countForecast(1000, { mean: 0, variance: 0 }, { mean: 0.5, variance: 1 });
    expect(never).toEqual({ expected: 0, low95: 0, low80: 0, high80: 2, high95: 3 });
    const often = countForecast(100, { mean: 30, variance: 40 });
    const more = countForecast(100, { mean: 30, variance: 40 }, { mean: 30.5, variance: 1800 });
    expect(more).toMatchObject({ expected: 30, low95: often.low95, low80: often.low80 });
    expect(more.high80).toBeGreaterThanOrEqual(often.high80);
  });

  it('is nearly uniform for a beta-binomial that is', () => {
    // Alpha and beta 1: the counts from 0 to 99 are equally likely, mean 49.5, variance (100² − 1)/12.
    expect(countForecast(99, { mean: 49.5, variance: 9999 / 12 })).toEqual({
      expected: 49.5,
      low95: 2,
      low80: 9,
      high80: 89,
      high95: 97,
    });
  });

  it('covers what it says among people of different chances', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (chances) => {
          const counts = oneByOne(chances);
          const variance = sum(chances.map((chance) => chance * (1 - chance)));
          const forecast = countForecast(chances.length, { mean: sum(chances), variance });
          const within = (low: number, high: number) => sum(counts.slice(low, high + 1));
          // Two moments don't make a distribution: a little less than what is said may come out.
          expect(within(forecast.low95, forecast.high95)).toBeGreaterThan(0.93);
          expect(within(forecast.low80, forecast.high80)).toBeGreaterThan(0.77);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('grows with the variance, stays within the people there are, and holds for many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (most, share, spread) => {
          const mean = most * share;
          const { low95, low80, high80, high95 } = countForecast(most, {
            mean,
            variance: mean * (1 - share) * spread,
          });
          expect(0 <= low95 && low95 <= low80 && low80 <= high80 && high80 <= high95 && high95 <= most).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
    expect(countForecast(1000, { mean: 100, variance: 400 }).high95).toBeGreaterThan(
      countForecast(1000, { mean: 100, variance: 90 }).high95,
    );
  });
});
