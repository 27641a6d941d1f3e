/** A forecast count: what is expected, and between which whole numbers it lies with 80 and with 95 %. */
export interface CountForecast {
  readonly expected: number;
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** A distribution of counts that goes from one count to the next by a ratio of their chances. */
interface Counts {
  readonly most: number;
  /** P(k + 1) / P(k). */
  readonly ratio: (k: number) => number;
}

/** Of a count: its mean and its variance. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * The forecast of a count from 0 to `most` with this mean and variance. More variance than independent people of one
 * chance have: a beta-binomial of this mean and variance (Skellam 1948). Less, because some are likelier than others: a
 * binomial of fewer people with this mean and (nearly) this variance. The limits are equal-tailed quantiles.
 *
 * @param atMost of the count with what may be though it was never seen: the upper limits are not below its quantiles
 */
export function countForecast(most: number, seen: Moments, atMost: Moments = seen): CountForecast {
  const [low95, low80, ...highs] = limits(most, seen);
  const [high80, high95] = atMost === seen ? highs : limits(most, atMost).slice(2);
  return {
    expected: Math.min(Math.max(seen.mean, 0), most),
    low80,
    high80: Math.max(highs[0], high80!),
    low95,
    high95: Math.max(highs[1], high95!),
  };
}

type Limits = [low95: number, low80: number, high80: number, high95: number];

function limits(most: number, { mean, variance }: Moments): Limits {
  const expected = Math.min(Math.max(mean, 0), most);
  const settled = expected === 0 || expected === most || (variance === 0 && Number.isInteger(expected));
  if (settled) return [expected, expected, expected, expected];
  return quantiles(countsOf(most, expected, variance), [0.025, 0.1, 0.9, 0.975]) as Limits;
}

function countsOf(most: number, mean: number, variance: number): Counts {
  const share = mean / most;
  const binomial = most * share * (1 - share);
  // One person alone is in or out, whatever else is known.
  if (variance <= binomial || most === 1) {
    const fewer = variance < mean ? Math.ceil(mean ** 2 / (mean - variance)) : most;
    const people = Math.min(most, Math.max(fewer, Math.floor(mean) + 1));
    const odds = mean / (people - mean);
    return { most: people, ratio: (k) => (people - k) * (odds / (k + 1)) };
  }
  // The widest that such a distribution can be is everybody or nobody.
  const spread = Math.min(variance / binomial, 1 + 0.999 * (most - 1));
  const precision = (most - spread) / (spread - 1);
  const alpha = share * precision;
  const beta = (1 - share) * precision;
  return {
    most,
    ratio: (k) => ((most - k) * (alpha + k)) / ((k + 1) * (beta + most - k - 1)),
  };
}

/** The smallest counts that reach each of some ascending levels of the distribution. */
function quantiles({ most, ratio }: Counts, levels: readonly number[]): number[] {
  // Relative to P(0), in logarithms: among many people P(0) itself is too small for a number.
  const logs = new Float64Array(most + 1);
  let largest = 0;
  for (let k = 0; k < most; k++) {
    logs[k + 1] = logs[k]! + Math.log(ratio(k));
    largest = Math.max(largest, logs[k + 1]!);
  }
  const chances = logs.map((log) => Math.exp(log - largest));
  const sum = chances.reduce((total, chance) => total + chance, 0);
  const found: number[] = [];
  let reached = 0;
  for (let k = 0; k <= most && found.length < levels.length; k++) {
    reached += chances[k]!;
    while (found.length < levels.length && reached >= levels[found.length]! * sum) found.push(k);
  }
  while (found.length < levels.length) found.push(most);
  return found;
}
