import { type Spread } from './dispersion.js';
import { UNSEEN_EVENTS } from './incidence.js';
import { type Moments } from './predictive-interval.js';

/** What the members of a set add up to: the moments of how many of them something happens to. */
export class CountSums {
  private readonly seen = new Sums();
  private readonly atMost = new Sums();
  private unseen = 0;

  constructor(private readonly spread: Spread) {}

  /**
   * @param chance of each of these members
   * @param unseen what half an event more than was seen would add to it
   */
  add(cohort: number, members: number, chance: number, unseen: number): void {
    const more = Math.min(unseen, 1 - chance);
    this.seen.add(cohort, members, chance);
    this.atMost.add(cohort, members, chance + more);
    this.unseen += members * more;
  }

  /**
   * The moments of the count, and those it has with what was never seen: a rate on which nothing is known but half an
   * event has the square of its mean over that half as its variance, and all members share it.
   *
   * @param estimated the mean, and the variance that it has as an estimate
   */
  moments({ mean, variance }: Moments): { readonly seen: Moments; readonly atMost: Moments } {
    const most = mean + this.unseen;
    return {
      seen: { mean, variance: variance + this.seen.variance(mean, this.spread) },
      atMost: {
        mean: most,
        variance: variance + this.unseen ** 2 / UNSEEN_EVENTS + this.atMost.variance(most, this.spread),
      },
    };
  }
}

class Sums {
  /** The variance of independent people. */
  private independent = 0;
  private readonly byCohort = new Map<number, number>();

  add(cohort: number, members: number, chance: number): void {
    this.independent += members * chance * (1 - chance);
    this.byCohort.set(cohort, (this.byCohort.get(cohort) ?? 0) + members * chance);
  }

  /** Each cohort has a factor of its own, and all share those of the times to come. */
  variance(mean: number, spread: Spread): number {
    let variance = this.independent + spread.betweenPeriods * mean ** 2;
    for (const expected of this.byCohort.values()) variance += spread.betweenCohorts * expected ** 2;
    return variance;
  }
}
