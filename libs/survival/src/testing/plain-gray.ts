import { type Observation } from '../time-counts.js';

export interface PlainGray {
  readonly scores: number[];
  readonly covariance: number[][];
  /** Undefined where the covariance is as good as singular. */
  readonly statistic: number | undefined;
}

/** One group at one time at which something happened to somebody. */
interface Counted {
  readonly atRisk: number;
  readonly events: number;
  readonly competing: number;
}

const SINGULAR = 1e-6;

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
/** The share of the variance that is left when so many of a number happen at once. */
const tied = (happened: number, of: number) => (happened > 1 ? 1 - (happened - 1) / (of - 1) : 1);

/**
 * Gray's test with ρ = 0, written out from the definition, something to compare `grayTest` with: subjects are counted one
 * by one, each estimate is the product or sum over all earlier times, and the covariance is summed over the pairs of what
 * happens at a time and what it moves at each later one.
 *
 * Gray, Ann. Stat. 16 (1988) 1141: a score is R(λ − λ°) summed over time, λ being the hazard of the incidence in the
 * group and λ° that in all groups together.
 */
export function plainGray(groups: readonly (readonly Observation[])[]): PlainGray {
  const happened = groups.flatMap((seen) => seen.filter(({ end }) => end !== 'censored'));
  const times = [...new Set(happened.map(({ time }) => time))].sort((a, b) => a - b);
  const counted = groups.map((seen) => times.map((time) => countAt(seen, time)));
  const test = new PlainTest(counted, times.length);
  const scores = groups.map((_, g) => total(times.map((_, t) => test.score(g, t))));
  const covariance = groups.map((_, i) => groups.map((_, j) => test.covariance(i, j)));
  // The scores add up to zero, so any one can be left out.
  const square = covariance.slice(0, -1).map((row) => row.slice(0, -1));
  return { scores, covariance, statistic: quadraticForm(scores.slice(0, -1), square) };
}

/** vᵀ M⁻¹ v by Gauss and Jordan. */
function quadraticForm(vector: readonly number[], matrix: readonly (readonly number[])[]) {
  const rows = matrix.map((row, i) => [...row, vector[i]!]);
  const largest = Math.max(...matrix.flat().map(Math.abs));
  for (let i = 0; i < rows.length; i++) {
    const best = rows.slice(i).reduce((a, b) => (Math.abs(b[i]!) > Math.abs(a[i]!) ? b : a));
    if (!(Math.abs(best[i]!) > largest * SINGULAR)) return undefined;
    rows.splice(rows.indexOf(best), 1);
    rows.splice(i, 0, best);
    for (const other of rows) {
      if (other === best) continue;
      const factor = other[i]! / best[i]!;
      for (let j = i; j <= rows.length; j++) other[j]! -= factor * best[j]!;
    }
  }
  return total(vector.map((value, i) => (value * rows[i]!.at(-1)!) / rows[i]![i]!));
}

function countAt(seen: readonly Observation[], at: number): Counted {
  const ending = (end: Observation['end']) => seen.filter((one) => one.time === at && one.end === end).length;
  return {
    atRisk: seen.filter(({ time }) => time >= at).length,
    events: ending('event'),
    competing: ending('competing'),
  };
}

class PlainTest {
  /** Of each group before each time: free of any event (Kaplan–Meier), and the incidence (Aalen–Johansen). */
  private readonly free: number[][];
  private readonly incidence: number[][];
  /** What all groups together add to the incidence at each time. */
  private readonly step: number[];
  private readonly times: number[];

  constructor(
    private readonly counted: readonly (readonly Counted[])[],
    size: number,
  ) {
    this.times = Array.from({ length: size }, (_, t) => t);
    this.free = counted.map((rows) => this.times.map((t) => freeOf(rows.slice(0, t))));
    this.incidence = counted.map((rows, g) =>
      this.times.map((t) => total(rows.slice(0, t).map((row, u) => this.free[g]![u]! * share(row)))),
    );
    this.step = this.times.map((t) => total(counted.map((rows) => rows[t]!.events)) / this.allStanding(t));
  }

  score(group: number, t: number): number {
    const weights = this.counted.map((_, g) => this.standing(g, t) * (1 - this.incidence[g]![t]!));
    const hazards = this.counted.map((rows, g) =>
      weights[g]! > 0 ? (this.free[g]![t]! * share(rows[t]!)) / (1 - this.incidence[g]![t]!) : 0,
    );
    const common = total(weights.map((weight, g) => weight * hazards[g]!)) / total(weights);
    return weights[group]! * (hazards[group]! - common);
  }

  covariance(i: number, j: number): number {
    return total(
      this.counted.flatMap((rows, k) => {
        const [ofI, ofJ] = [i, j].map((score) => this.laterMoves(score, k));
        return this.times.map((t) => {
          const { atRisk, competing } = rows[t]!;
          if (atRisk === 0) return 0;
          const freeAfter = freeOf(rows.slice(0, t + 1));
          const open = freeAfter > 0 ? (1 - this.pooledBefore(t) - this.step[t]!) / freeAfter : 0;
          const free = this.free[k]![t]!;
          const events = total(this.counted.map((all) => all[t]!.events));
          const [nowI, nowJ] = [i, j].map((score) => this.moves(score, k, t));
          const ofEvents =
            tied(events, this.allStanding(t) * free) *
            ((free * this.step[t]!) / atRisk) *
            (nowI! + (1 - open) * ofI![t]!) *
            (nowJ! + (1 - open) * ofJ![t]!);
          const ofCompeting =
            competing === 0
              ? 0
              : tied(competing, atRisk) * (free / atRisk) ** 2 * competing * open ** 2 * ofI![t]! * ofJ![t]!;
          return (events > 0 ? ofEvents : 0) + ofCompeting;
        });
      }),
    );
  }

  /** Those at risk and, with them, those who would be if nothing had happened to them. */
  private standing(g: number, t: number): number {
    const { atRisk } = this.counted[g]![t]!;
    return atRisk > 0 ? atRisk / this.free[g]![t]! : 0;
  }

  private allStanding(t: number): number {
    return total(this.counted.map((_, g) => this.standing(g, t)));
  }

  /** How far a score moves at a time with the hazard in group k. */
  private moves(score: number, k: number, t: number): number {
    const own = this.standing(score, t);
    return (score === k ? own : 0) - (own * this.standing(k, t)) / this.allStanding(t);
  }

  /** How far a score moves after each time with the incidence of group k. */
  private laterMoves(score: number, k: number): number[] {
    const rates = this.times.map((u) =>
      this.step[u] === 0 ? 0 : (this.moves(score, k, u) * this.step[u]!) / (1 - this.pooledBefore(u)),
    );
    return this.times.map((t) => total(rates.slice(t + 1)));
  }

  private pooledBefore(t: number): number {
    return total(this.step.slice(0, t));
  }
}

const share = ({ atRisk, events }: Counted) => (atRisk > 0 ? events / atRisk : 0);
const freeOf = (rows: readonly Counted[]) =>
  rows.reduce(
    (product, { atRisk, events, competing }) =>
      atRisk > 0 ? (product * (atRisk - events - competing)) / atRisk : product,
    1,
  );
