import { type RiskCounts } from './time-counts.js';

/** The 97.5 % quantile of the standard normal distribution. */
const Z_95 = 1.959963984540054;

export interface SurvivalPoint {
  readonly time: number;
  /** Probability that the event of interest has not happened by this time, it included. */
  readonly survival: number;
  /** Greenwood's. */
  readonly standardError: number;
  /** The pointwise 95 % interval; [1, 1] while there was no event, null where the curve is at 0. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The product-limit estimate of the time until the event of interest, competing events taken as censorings, with
 * Greenwood's variance and the log(−log) interval: S(t) = Π (1 − d/n), Var S = S² Σ d/(n(n − d)),
 * S^exp(±z σ/ln S) with σ² = Σ d/(n(n − d)).
 *
 * Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457; Greenwood (1926); Kalbfleisch and Prentice (1980), 1.3.
 *
 * @param rows ascending by time
 * @returns a point a row
 */
export function kaplanMeier(rows: readonly RiskCounts[]): SurvivalPoint[] {
  let survival = 1;
  let greenwood = 0;
  return rows.map(({ time, events, atRisk }) => {
    survival *= (atRisk - events) / atRisk;
    if (events > 0 && events < atRisk) greenwood += events / (atRisk * (atRisk - events));
    const standardError = survival * Math.sqrt(greenwood);
    if (survival === 0) return { time, survival, standardError, low: null, high: null };
    if (survival === 1) return { time, survival, standardError, low: 1, high: 1 };
    const width = (Z_95 * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
    const low = survival ** Math.exp(width);
    const high = survival ** Math.exp(-width);
    return { time, survival, standardError, low, high };
  });
}
