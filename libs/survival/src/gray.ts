import { type CommonTime, commonTimes, sum } from './common-times.js';
import { type GroupTest, squareOfZeros, testOf } from './group-test.js';
import { type TimeCounts } from './time-counts.js';

/**
 * Gray's test of equal cumulative incidences of the event of interest in k groups among competing events, with the
 * weight ρ = 0. Subjects who left by a competing event go on counting, in the share that the censorings of their group
 * leave: with Y at risk, S the survival free of any event and F the incidence just before a time, a group is compared
 * by R = Y (1 − F)/S. The covariance is the paper's, with the corrections for ties of its author's program.
 *
 * Gray, Ann. Stat. 16 (1988) 1141, section 2.
 *
 * @param groups the counts of each group, ascending by time; for the competing event exchange the causes
 * @returns null where no time tells groups apart
 */
export function grayTest(groups: readonly (readonly TimeCounts[])[]): GroupTest | null {
  const scores = new GrayScores(groups.length);
  for (const time of commonTimes(groups)) scores.add(time);
  return scores.test();
}

class GrayScores {
  private readonly scores: number[];
  private readonly variance: GrayVariance;
  /** Of each group, just before the time at hand. */
  private readonly free: number[];
  private readonly incidence: number[];
  /** The incidence that all groups share if they are alike. */
  private pooled = 0;

  constructor(private readonly size: number) {
    this.scores = Array.from({ length: size }, () => 0);
    this.free = Array.from({ length: size }, () => 1);
    this.incidence = Array.from({ length: size }, () => 0);
    this.variance = new GrayVariance(size);
  }

  add({ events, competing, atRisk }: CommonTime): void {
    const happened = sum(events);
    const weights = atRisk.map((n, g) => (n > 0 ? n / this.free[g]! : 0));
    const shares = weights.map((weight, g) => weight * (1 - this.incidence[g]!));
    const weight = sum(weights);
    const share = sum(shares);
    const freeAfter = this.free.map((free, g) =>
      atRisk[g]! > 0 ? (free * (atRisk[g]! - events[g]! - competing[g]!)) / atRisk[g]! : free,
    );
    this.scores.forEach((_, g) => {
      if (atRisk[g]! > 0) this.scores[g]! += events[g]! - (happened * shares[g]!) / share;
    });
    const pooledAfter = this.pooled + happened / weight;
    this.variance.follow(weights, happened / (weight * (1 - this.pooled)));
    for (let g = 0; g < this.size; g++) {
      const n = atRisk[g]!;
      if (n === 0) continue;
      const free = this.free[g]!;
      const left = freeAfter[g]! > 0 ? (1 - pooledAfter) / freeAfter[g]! : 0;
      if (happened > 0) {
        const ties = happened > 1 ? 1 - (happened - 1) / (weight * free - 1) : 1;
        this.variance.add(g, 1 - left, (ties * free * happened) / (weight * n), true);
      }
      const d = competing[g]!;
      if (d > 0 && freeAfter[g]! > 0) {
        const ties = d > 1 ? 1 - (d - 1) / (n - 1) : 1;
        this.variance.add(g, -left, (ties * free * free * d) / (n * n), false);
      }
    }
    for (let g = 0; g < this.size; g++) {
      if (atRisk[g]! > 0) this.incidence[g]! += (this.free[g]! * events[g]!) / atRisk[g]!;
      this.free[g] = freeAfter[g]!;
    }
    this.pooled = pooledAfter;
  }

  test(): GroupTest | null {
    // The scores add up to zero, so the last group adds nothing.
    const covariance = this.variance.value().slice(0, -1);
    return testOf(
      this.scores.slice(0, -1),
      covariance.map((row) => row.slice(0, -1)),
    );
  }
}

/**
 * The covariance of the scores. What happens in group k at a time moves score i now by a_ik and, through the incidences,
 * at every later time: by q (c_ik(∞) − c_ik), where c adds a up and q says which way the incidence of k is pushed. So
 * sums are kept apart by how often c(∞), not known before the end, stands in them.
 */
class GrayVariance {
  private readonly now: number[][];
  private readonly added: number[][];
  private readonly plain: number[][];
  private readonly once: number[][];
  private readonly twice: number[];

  constructor(private readonly size: number) {
    this.now = squareOfZeros(size);
    this.added = squareOfZeros(size);
    this.plain = squareOfZeros(size);
    this.once = squareOfZeros(size);
    this.twice = Array.from({ length: size }, () => 0);
  }

  /** Takes the weights of a time; the rate is that of the pooled incidence. */
  follow(weights: readonly number[], rate: number): void {
    const all = sum(weights);
    for (let i = 0; i < this.size; i++) {
      for (let k = 0; k < this.size; k++) {
        const moved = weights[i]! * (Number(i === k) - weights[k]! / all);
        this.now[i]![k] = moved;
        this.added[i]![k]! += moved * rate;
      }
    }
  }

  /** Something happened in group k: how far it pushes, its variance, whether it is the event of interest. */
  add(k: number, push: number, variance: number, ofInterest: boolean): void {
    const moved = this.added.map((row, i) => (ofInterest ? this.now[i]![k]! : 0) - push * row[k]!);
    this.twice[k]! += push * push * variance;
    for (let i = 0; i < this.size; i++) {
      this.once[i]![k]! += moved[i]! * push * variance;
      for (let j = 0; j < this.size; j++) this.plain[i]![j]! += moved[i]! * moved[j]! * variance;
    }
  }

  value(): number[][] {
    const { added, once, twice } = this;
    return this.plain.map((row, i) =>
      row.map((plain, j) =>
        twice.reduce(
          (total, both, k) =>
            total +
            added[i]![k]! * added[j]![k]! * both +
            added[i]![k]! * once[j]![k]! +
            added[j]![k]! * once[i]![k]!,
          plain,
        ),
      ),
    );
  }
}
