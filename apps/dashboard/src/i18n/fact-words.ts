import { type Message } from './language.js';

/** What the types of facts are called, by their short name. */
export const FACT_TYPES: Readonly<Record<string, Message>> = {
  registered: ['Registrazione', 'Registered'],
  booked: ['Prenotazione', 'Booked a meeting'],
  'booking-cancelled': ['Prenotazione annullata', 'Booking cancelled'],
  attended: ['Partecipazione all’incontro', 'Attended the meeting'],
  absent: ['Assenza all’incontro', 'Did not come'],
  'sa-chosen': ['Scelta del SA', 'Chose the SA'],
  'reception-held': ['Accoglienza individuale', 'Individual reception held'],
  'pds-signed': ['Firma del PdS', 'Signed the PdS'],
  'not-admissible': ['Non ammissibile', 'Found not admissible'],
  abandoned: ['Abbandono', 'Abandoned'],
  'questionnaire-sent': ['Questionario inviato', 'Questionnaire sent'],
  'questionnaire-completed': ['Questionario compilato', 'Questionnaire completed'],
  retracted: ['Ritrattazione', 'Retraction'],
  'meeting-held': ['Incontro tenuto', 'Meeting held'],
  'contact-handled': ['Contatto con l’assistenza', 'Contact handled'],
  'web-traffic': ['Traffico web', 'Web traffic'],
};

/** `it.mip.sa-chosen.v1` as `sa-chosen`. */
export function shortType(type: string): string {
  return /^it\.mip\.([\w-]+)\.v\d+$/.exec(type)?.[1] ?? type;
}

/** Words for the codes that facts hold. */
export const CODES: Readonly<Record<string, Message>> = {
  changed_mind: ['ha cambiato idea', 'changed their mind'],
  found_job: ['ha trovato lavoro', 'found a job'],
  went_ahead_alone: ['è andato avanti da solo', 'went ahead alone'],
  no_funding: ['senza finanziamento', 'no funding'],
  no_contact: ['non più raggiungibile', 'no contact'],
  residence: ['residenza', 'residence'],
  age: ['età', 'age'],
  already_in_business: ['già in attività', 'already in business'],
  idea_not_viable: ['idea non sostenibile', 'idea not viable'],
  other: ['altro', 'other'],
  recorded_in_error: ['registrato per errore', 'recorded in error'],
  wrong_person: ['persona sbagliata', 'wrong person'],
  duplicate: ['doppione', 'duplicate'],
};
