import { type FunnelStage, type Stage } from '#events';
import { type Outcome } from './outcomes.js';

/** Which of the members of a cohort: by what became of them towards a later stage. */
export interface OutcomeQuestion {
  readonly toStage: FunnelStage;
  /** All members where it is undefined. */
  readonly outcome?: Outcome;
  /** Bounds, inclusive, of the delay of those who converted. */
  readonly minDelayDays?: number;
  readonly maxDelayDays?: number;
  /** Whether delays leave out the days on which the later stage was suspended. */
  readonly net: boolean;
}

/** The journeys behind which figure: entries of a stage, or journeys in a status. */
export type JourneyQuestion =
  | { readonly stage: Stage; readonly returning: boolean; readonly towards?: OutcomeQuestion }
  | { readonly status: Stage };
