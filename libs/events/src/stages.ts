import { type FactName } from './fact-data.js';

/** All stages of a journey in stage order; each is entered by one event type. */
export const STAGES = [
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

export type Stage = (typeof STAGES)[number];

/** The stages of the funnel proper, in order; the others are side stages. */
export const FUNNEL_STAGES = ['registered', 'booked', 'attended', 'saChosen', 'pdsSigned'] as const;

export type FunnelStage = (typeof FUNNEL_STAGES)[number];

/** The event types in stage order, which breaks ties between facts of the same instant. */
export const STAGE_ORDER: readonly FactName[] = [
  'registered',
  'booked',
  'booking-cancelled',
  'attended',
  'absent',
  'sa-chosen',
  'reception-held',
  'pds-signed',
  'not-admissible',
  'abandoned',
  'questionnaire-sent',
  'questionnaire-completed',
  'retracted',
  'meeting-held',
  'contact-handled',
  'web-traffic',
];

const STAGE_BY_NAME: Partial<Record<FactName, Stage>> = {
  registered: 'registered',
  booked: 'booked',
  'booking-cancelled': 'bookingCancelled',
  attended: 'attended',
  absent: 'absent',
  'sa-chosen': 'saChosen',
  'reception-held': 'receptionHeld',
  'pds-signed': 'pdsSigned',
  'not-admissible': 'notAdmissible',
  abandoned: 'abandoned',
};

/** The stage that a fact of this type enters; undefined for types that are no status fact. */
export function stageOf(name: FactName): Stage | undefined {
  return STAGE_BY_NAME[name];
}
