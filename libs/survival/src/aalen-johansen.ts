import { type RiskCounts } from './time-counts.js';

export interface IncidencePoint {
  readonly time: number;
  /** Probability that the event of interest has happened by this time, and no competing one before it. */
  readonly incidence: number;
  readonly standardError: number;
}

/** Below this share of what was added and taken away, a variance is what rounding left over. */
const ROUNDING = 1e-13;

/**
 * The cumulative incidence of the event of interest among competing events: F(t) = Σ S(tᵢ₋₁) d_ki/n_i, where S is the
 * survival free of any event; its variance by the delta method,
 *
 *   Var F(t) = Σ (F(t) − F_i)² d_i/(n_i(n_i − d_i)) + Σ S²_{i−1} d_ki(n_i − d_ki)/n_i³ − 2 Σ (F(t) − F_i) S_{i−1} d_ki/n_i²
 *
 * over the times up to t, with d_i events of any kind and d_ki of interest; the first term is left out where n_i = d_i.
 *
 * Aalen and Johansen, Scand. J. Stat. 5 (1978) 141; Marubini and Valsecchi (1995), 10.3.
 *
 * @param rows ascending by time
 * @param cause whose incidence: that of the event of interest or that of the competing one
 * @returns a point a row
 */
export function cumulativeIncidence(
  rows: readonly RiskCounts[],
  cause: 'events' | 'competing' = 'events',
): IncidencePoint[] {
  let free = 1;
  let incidence = 0;
  const variance = new RunningVariance();
  return rows.map((row) => {
    const { time, atRisk } = row;
    const own = row[cause];
    const all = row.events + row.competing;
    const step = (free * own) / atRisk;
    incidence += step;
    variance.grow(step);
    if (all > 0) variance.add(own, all, atRisk, free);
    free *= (atRisk - all) / atRisk;
    return { time, incidence, standardError: Math.sqrt(variance.value) };
  });
}

/**
 * The sums of the variance, moved along as F(t) grows: with F(t) all distances F(t) − F_i grow alike, so no sum has to
 * be made anew, and none of them takes anything away.
 */
class RunningVariance {
  /** Σ g, Σ (F − F_i) g, Σ (F − F_i)² g with g = d/(n(n − d)). */
  private weight = 0;
  private distance = 0;
  private squared = 0;
  /** Σ h, Σ (F − F_i) h with h = S d_k/n². */
  private mixedWeight = 0;
  private mixed = 0;
  private own = 0;

  get value(): number {
    const gains = this.squared + this.own;
    const value = gains - 2 * this.mixed;
    return value > gains * ROUNDING ? value : 0;
  }

  grow(step: number): void {
    this.squared += 2 * step * this.distance + step * step * this.weight;
    this.distance += step * this.weight;
    this.mixed += step * this.mixedWeight;
  }

  /** An event happened: how many of this cause and of all, among how many at risk, free of any before. */
  add(events: number, all: number, atRisk: number, free: number): void {
    if (all < atRisk) this.weight += all / (atRisk * (atRisk - all));
    this.own += (free * free * events * (atRisk - events)) / atRisk ** 3;
    this.mixedWeight += (free * events) / (atRisk * atRisk);
  }
}
