import { type Day } from '#calendar';

/** The days on which an entry or a range holds: from `from` on, up to but without `to`. */
export interface DayRange {
  readonly from: Day;
  readonly to?: Day;
}

/** What all coded entries have in common. Codes keep their meaning for ever. */
export interface CatalogueEntry {
  readonly code: string;
  readonly name: string;
  /** First day on which the code may be used; from the beginning when absent. */
  readonly validFrom?: Day;
  /** First day on which it may not be used any more; without end when absent. */
  readonly validTo?: Day;
}

export type Territory = CatalogueEntry;

export const VENUE_MODES = ['in_person', 'online', 'phone'] as const;

/** How a venue holds its meetings. */
export type VenueMode = (typeof VENUE_MODES)[number];

/** A place, or a way, in which pre-reception meetings are held. */
export interface Venue extends CatalogueEntry {
  readonly territory: string;
  readonly mode: VenueMode;
}

/** Soggetto Attuatore: the body that accompanies a person. */
export interface Sa extends CatalogueEntry {
  readonly territory: string;
}

/** A programme cycle: funnels are counted within one. */
export interface Cycle extends DayRange {
  readonly code: string;
}

export const SUSPENDABLE_STAGES = [
  'registered',
  'booked',
  'bookingCancelled',
  'attended',
  'absent',
  'saChosen',
  'receptionHeld',
  'pdsSigned',
  'notAdmissible',
  'abandoned',
] as const;

export type SuspendableStage = (typeof SUSPENDABLE_STAGES)[number];

/** A time in which a stage's service was closed. It refuses nothing. */
export interface Suspension extends DayRange {
  readonly stage: SuspendableStage;
  readonly to: Day;
}

/** The form of every code in the catalogue. */
export const CODE_FORM = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/u;

/** Stand in answers for a value that is not known or not there, so no entry may have them as its code. */
export const RESERVED_CODES: readonly string[] = ['unknown', 'none'];
