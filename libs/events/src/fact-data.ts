import { type Abandoned } from './types/abandoned.event.js';
import { type Absent } from './types/absent.event.js';
import { type Attended } from './types/attended.event.js';
import { type BookingCancelled } from './types/booking-cancelled.event.js';
import { type Booked } from './types/booked.event.js';
import { type ContactHandled } from './types/contact-handled.event.js';
import { type MeetingHeld } from './types/meeting-held.event.js';
import { type NotAdmissible } from './types/not-admissible.event.js';
import { type PdsSigned } from './types/pds-signed.event.js';
import { type QuestionnaireCompleted } from './types/questionnaire-completed.event.js';
import { type QuestionnaireSent } from './types/questionnaire-sent.event.js';
import { type ReceptionHeld } from './types/reception-held.event.js';
import { type Registered } from './types/registered.event.js';
import { type Retracted } from './types/retracted.event.js';
import { type SaChosen } from './types/sa-chosen.event.js';
import { type WebTraffic } from './types/web-traffic.event.js';

/** The payload of each event type, in its newest version, in the stage order that breaks ties. */
export interface FactData {
  registered: Registered;
  booked: Booked;
  'booking-cancelled': BookingCancelled;
  attended: Attended;
  absent: Absent;
  'sa-chosen': SaChosen;
  'reception-held': ReceptionHeld;
  'pds-signed': PdsSigned;
  'not-admissible': NotAdmissible;
  abandoned: Abandoned;
  'questionnaire-sent': QuestionnaireSent;
  'questionnaire-completed': QuestionnaireCompleted;
  retracted: Retracted;
  'meeting-held': MeetingHeld;
  'contact-handled': ContactHandled;
  'web-traffic': WebTraffic;
}

/** The short name of an event type: `attended` of `it.mip.attended.v1`. */
export type FactName = keyof FactData;
