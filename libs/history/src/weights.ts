import { need } from './plan.error.js';
import { type Plan } from './plan.js';

/** The participants of 2019 by territory (Table 5), in the catalogue's order: how numbers that are not printed are shared out. */
export function participationWeights(plan: Plan): number[] {
  const { '2019': participants } = plan.figures.table5_participants_by_year;
  return plan.territories.map((code) => need(participants[code], `participants of ${code} in 2019`));
}
