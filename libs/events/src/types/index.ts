import { Registered } from './registered.event.js';
import { Booked } from './booked.event.js';
import { BookingCancelled } from './booking-cancelled.event.js';
import { Attended } from './attended.event.js';
import { Absent } from './absent.event.js';
import { SaChosen } from './sa-chosen.event.js';
import { ReceptionHeld } from './reception-held.event.js';
import { PdsSigned } from './pds-signed.event.js';
import { NotAdmissible } from './not-admissible.event.js';
import { Abandoned } from './abandoned.event.js';
import { QuestionnaireSent } from './questionnaire-sent.event.js';
import { QuestionnaireCompleted } from './questionnaire-completed.event.js';
import { Retracted } from './retracted.event.js';
import { MeetingHeld } from './meeting-held.event.js';
import { ContactHandled } from './contact-handled.event.js';
import { WebTraffic } from './web-traffic.event.js';

/** Every version of every event type, in stage order. */
export const EVENT_CLASSES = [
  Registered,
  Booked,
  BookingCancelled,
  Attended,
  Absent,
  SaChosen,
  ReceptionHeld,
  PdsSigned,
  NotAdmissible,
  Abandoned,
  QuestionnaireSent,
  QuestionnaireCompleted,
  Retracted,
  MeetingHeld,
  ContactHandled,
  WebTraffic,
] as const;
