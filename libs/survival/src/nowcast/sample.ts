import { type OpenDays } from './open-days.js';

export const PENDING = 0;
export const CONVERTED = 1;
export const LOST = 2;

/**
 * Everybody who entered a stage, as known on some day: what a forecast made on that day may rest on. A row a member;
 * days are whole numbers on one calendar.
 */
export interface NowcastSample {
  /** The last day whose happenings count. */
  readonly observedTo: number;
  /** The last day whose records count; not before `observedTo`. */
  readonly recordedTo: number;
  readonly entry: Int32Array;
  /** PENDING, CONVERTED or LOST, as far as is on record. */
  readonly outcome: Uint8Array;
  /** The day of the conversion or loss; of the pending whatever. */
  readonly day: Int32Array;
  /** The day on which that was recorded; of the pending whatever. */
  readonly recorded: Int32Array;
  /** The cohort (calendar month of the entry) as a number. */
  readonly cohort: Int32Array;
  /** The clock of conversions; losses go by days since the entry. */
  readonly clock: OpenDays;
}

/** The part of a sample that an estimate rests on: all of it, or all but some cohorts. */
export type Part = (cohort: number) => boolean;

export const WHOLE: Part = () => true;
