import { type Day, firstDayOfMonth, lastDayOfMonth, type Month } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FunnelStage } from '#events';

type Suspensions = Pick<Catalogue, 'isSuspended'>;

/** How many days d with from ≤ d < to the service of a stage was open: what a net delay counts. */
export function openDays(from: Day, to: Day, stage: FunnelStage, catalogue: Suspensions): number {
  let days = 0;
  for (let day = from; day < to; day++) if (!catalogue.isSuspended(stage, day)) days++;
  return days;
}

/** Whether the service of a stage was open on any day of a month. */
export function isOpenMonth(month: Month, stage: FunnelStage, catalogue: Suspensions): boolean {
  return openDays(firstDayOfMonth(month), lastDayOfMonth(month) + 1, stage, catalogue) > 0;
}
