import fc from 'fast-check';
import {
  chiSquareTail,
  cumulativeIncidence,
  grayTest,
  kaplanMeier,
  logRank,
  type Observation,
  quantile,
  restrictedMean,
  runOff,
  timeCounts,
  timeOfHalf,
  withRisk,
} from './index.js';

const observation: fc.Arbitrary<Observation> = fc.record({
  time: fc.integer({ min: 0, max: 40 }),
  end: fc.constantFrom('event', 'event', 'competing', 'censored'),
});
const observations = fc.array(observation, { minLength: 1, maxLength: 60 });
const groups = fc.array(observations, { minLength: 2, maxLength: 4 });
const shuffled = <T>(items: readonly T[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

/** A small generator, so that the simulations are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('curves', () => {
  it('the shares of converted, ruled out and still open add up to one', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const rows = withRisk(timeCounts(seen));
        const events = cumulativeIncidence(rows);
        const competing = cumulativeIncidence(rows, 'competing');
        const free = kaplanMeier(rows.map((row) => ({ ...row, events: row.events + row.competing })));
        rows.forEach((_, i) => {
          const whole = events[i]!.incidence + competing[i]!.incidence + free[i]!.survival;
          expect(whole).toBeCloseTo(1, 12);
        });
      }),
    );
  });

  it('without competing events the incidence is one less the survival, with the same standard error', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const rows = withRisk(timeCounts(seen.filter(({ end }) => end !== 'competing')));
        const points = kaplanMeier(rows);
        cumulativeIncidence(rows).forEach(({ incidence, standardError }, i) => {
          expect(incidence).toBeCloseTo(1 - points[i]!.survival, 12);
          expect(standardError).toBeCloseTo(points[i]!.standardError, 6);
        });
      }),
    );
  });

  it('without censorings the incidence is the share of those who had the event, with the binomial error', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const followed = seen.filter(({ end }) => end !== 'censored');
        const rows = withRisk(timeCounts(followed));
        cumulativeIncidence(rows).forEach(({ time, incidence, standardError }) => {
          const had = followed.filter((one) => one.end === 'event' && one.time <= time).length;
          const share = had / followed.length;
          expect(incidence).toBeCloseTo(share, 12);
          expect(standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / followed.length), 6);
        });
      }),
    );
  });

  it('the variance that moves along is the sum as it is written', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const rows = withRisk(timeCounts(seen));
        const points = cumulativeIncidence(rows);
        points.forEach((point, last) => {
          let free = 1;
          let variance = 0;
          for (let i = 0; i <= last; i++) {
            const { events, competing, atRisk: n } = rows[i]!;
            const all = events + competing;
            const distance = point.incidence - points[i]!.incidence;
            if (all < n) variance += (distance ** 2 * all) / (n * (n - all));
            variance += (free ** 2 * events * (n - events)) / n ** 3;
            variance -= (2 * distance * free * events) / n ** 2;
            free *= (n - all) / n;
          }
          expect(point.standardError ** 2).toBeCloseTo(variance, 12);
        });
      }),
    );
  });

  it('do not depend on the order of the subjects', () => {
    fc.assert(
      fc.property(
        observations.chain((seen) => fc.tuple(fc.constant(seen), shuffled(seen))),
        ([seen, other]) => expect(timeCounts(other)).toEqual(timeCounts(seen)),
      ),
    );
  });

  it('the restricted mean is the mean of the times cut at the horizon, where nobody is censored before it', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 0, max: 45 }), (seen, horizon) => {
        const events = seen.map(({ time }): Observation => ({ time, end: 'event' }));
        const { mean, standardError } = restrictedMean(withRisk(timeCounts(events)), horizon);
        const cut = events.map(({ time }) => Math.min(time, horizon));
        const average = cut.reduce((a, b) => a + b, 0) / cut.length;
        const spread = cut.reduce((total, time) => total + (time - average) ** 2, 0) / cut.length;
        expect(mean).toBeCloseTo(average, 10);
        // The last event, at which nobody is left at risk, adds nothing to Greenwood's sum: nor need it.
        expect(standardError).toBeCloseTo(Math.sqrt(spread / cut.length), 6);
      }),
    );
  });
});

describe('tests of groups', () => {
  const tests = [
    ['log-rank', (counts: Parameters<typeof grayTest>[0]) => logRank(counts).test],
    ['Gray', grayTest],
  ] as const;

  it.each(tests)('%s does not depend on the order of the groups', (_, test) => {
    fc.assert(
      fc.property(
        groups.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, other]) => {
          const [one, two] = [all, other].map((list) => test(list.map((seen) => timeCounts(seen))));
          expect(two?.degreesOfFreedom).toBe(one?.degreesOfFreedom);
          if (one) expect(two!.statistic).toBeCloseTo(one.statistic, 6);
        },
      ),
    );
  });

  it.each(tests)('%s finds nothing between copies of one group', (_, test) => {
    fc.assert(
      fc.property(observations, (seen) => {
        const counts = timeCounts(seen);
        expect(test([counts, counts, counts])?.statistic ?? 0).toBeCloseTo(0, 8);
      }),
    );
  });

  it.each(tests)('%s has nothing to say of a single group', (_, test) => {
    fc.assert(fc.property(observations, (seen) => expect(test([timeCounts(seen)])).toBeNull()));
  });

  /** Three groups alike; censored at random. */
  function simulate(draw: () => number) {
    return [60, 80, 100].map((size) =>
      timeCounts(
        Array.from({ length: size }, (): Observation => {
          const time = Math.floor(-Math.log(draw()) * 50);
          const censored = Math.floor(draw() * 120);
          if (censored < time) return { time: censored, end: 'censored' };
          return { time, end: draw() < 0.6 ? 'event' : 'competing' };
        }),
      ),
    );
  }

  it.each(tests)('%s is wrong in one of twenty cases where the groups are alike', (_, test) => {
    const draw = random(20_201_231);
    const runs = 300;
    const pValues = Array.from({ length: runs }, () => test(simulate(draw))!.pValue);
    const below = (limit: number) => pValues.filter((p) => p < limit).length / runs;
    expect(Math.abs(below(0.05) - 0.05)).toBeLessThan(0.04);
    expect(Math.abs(below(0.5) - 0.5)).toBeLessThan(0.09);
  });
});

describe('numbers', () => {
  it('tails of chi-square that have a closed form', () => {
    for (const x of [1e-6, 0.1, 1, 3.84, 7, 50, 300]) {
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 10);
      expect(chiSquareTail(x, 4) / (Math.exp(-x / 2) * (1 + x / 2))).toBeCloseTo(1, 10);
    }
    expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(7.814727903251179, 3)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(0, 3)).toBe(1);
  });

  it('quantiles lie between the order statistics', () => {
    const values = [1, 2, 4, 8];
    const at = (p: number) => quantile(values.length, (i) => values[i]!, p);
    expect([0, 0.25, 0.5, 0.75, 0.9, 1].map(at)).toEqual(
      [1, 1.75, 3, 5, 6.8, 8].map((x) => expect.closeTo(x, 12) as number),
    );
    expect(quantile(1, () => 7, 0.9)).toBe(7);
  });

  it('a half that rounding has moved is a half', () => {
    const points = [0.1, 0.5 - 1e-13, 0.6].map((share, time) => ({ time, share }));
    expect(timeOfHalf(points, ({ share }) => share)).toBe(1);
    expect(timeOfHalf(points.slice(0, 1), ({ share }) => share)).toBeNull();
  });

  it('a run-off marks what is not over, and what may not be known', () => {
    const cohort = { size: 10, events: [2, 3], competing: [0, 1] };
    expect(runOff({ ...cohort, observedAges: 3, completeAges: 2, recordedAges: 1 })).toEqual([
      { age: 0, events: 2, competing: 0, open: 8, complete: true, recorded: true },
      { age: 1, events: 5, competing: 1, open: 4, complete: true, recorded: false },
      { age: 2, events: 5, competing: 1, open: 4, complete: false, recorded: false },
    ]);
  });
});
