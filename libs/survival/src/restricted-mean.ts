import { type RiskCounts } from './time-counts.js';

export interface RestrictedMean {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * The mean time until the event of interest, counted no further than a horizon: the area under the Kaplan–Meier curve
 * up to it. Var = Σ A_i² d_i/(n_i(n_i − d_i)), A_i being the area from the i-th event to the horizon.
 *
 * Irwin (1949); Klein and Moeschberger (2003), 4.5.
 *
 * @param rows ascending by time, as `kaplanMeier` takes them
 * @param horizon in the unit of the times; meaningful up to the last time
 */
export function restrictedMean(rows: readonly RiskCounts[], horizon: number): RestrictedMean {
  let survival = 1;
  const survivals = rows.map(({ events, atRisk }) => (survival *= (atRisk - events) / atRisk));
  let area = 0;
  let variance = 0;
  let end = horizon;
  for (let i = rows.length - 1; i >= 0; i--) {
    const { time, events, atRisk } = rows[i]!;
    if (time >= horizon) continue;
    area += (end - time) * survivals[i]!;
    end = time;
    if (events < atRisk) variance += (area * area * events) / (atRisk * (atRisk - events));
  }
  return { mean: area + end, standardError: Math.sqrt(variance) };
}
