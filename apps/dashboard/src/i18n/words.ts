import { type FunnelStage, type GroupKey, type Stage } from '../api/answers.js';
import { type Message } from './language.js';

/** The programme's own words. */
export const STAGES: Readonly<Record<Stage, Message>> = {
  registered: ['Registrati', 'Registered'],
  booked: ['Prenotati', 'Booked a meeting'],
  bookingCancelled: ['Prenotazioni annullate', 'Bookings cancelled'],
  attended: ['Partecipanti', 'Attended the meeting'],
  absent: ['Assenti', 'Absent'],
  saChosen: ['Scelta del SA', 'Chose an SA'],
  receptionHeld: ['Accoglienza senza PdS', 'Reception held, no PdS'],
  pdsSigned: ['PdS firmati', 'Signed the PdS'],
  notAdmissible: ['Non ammissibili', 'Not admissible'],
  abandoned: ['Abbandoni', 'Abandoned'],
};

/** What a stage is as a step that somebody takes. */
export const STEPS: Readonly<Record<FunnelStage, Message>> = {
  registered: ['registrazione', 'registration'],
  booked: ['prenotazione', 'booking'],
  attended: ['incontro di pre-accoglienza', 'pre-reception meeting'],
  saChosen: ['scelta del SA', 'choice of the SA'],
  pdsSigned: ['firma del PdS', 'signing of the PdS'],
};

export const GROUPS: Readonly<Record<GroupKey, Message>> = {
  territory: ['Territorio', 'Territory'],
  venue: ['Sede', 'Venue'],
  mode: ['Modalità', 'Mode'],
  sa: ['Soggetto Attuatore', 'Soggetto Attuatore (SA)'],
  gender: ['Genere', 'Gender'],
  education: ['Titolo di studio', 'Education'],
  employment: ['Condizione occupazionale', 'Employment'],
};

export const UNKNOWN: Message = ['Non noto', 'Unknown'];
export const NO_VALUE: Message = ['Nessuno', 'None'];

export const MODES: Readonly<Record<string, Message>> = {
  in_person: ['In presenza', 'In person'],
  online: ['Online', 'Online'],
  phone: ['Telefono', 'Phone'],
  none: ['Senza incontro', 'No meeting'],
};
export const GENDERS: Readonly<Record<string, Message>> = {
  F: ['Donne', 'Women'],
  M: ['Uomini', 'Men'],
  X: ['Altro', 'Other'],
};
export const EDUCATION: Readonly<Record<string, Message>> = {
  none: ['Nessun titolo', 'None'],
  lower: ['Licenza media', 'Lower secondary'],
  diploma: ['Diploma', 'Upper secondary'],
  bachelor: ['Laurea triennale', 'Bachelor'],
  master: ['Laurea magistrale', 'Master'],
};
export const EMPLOYMENT: Readonly<Record<string, Message>> = {
  employed: ['Occupati', 'Employed'],
  not_employed: ['Non occupati', 'Not employed'],
  student: ['Studenti', 'Students'],
  other: ['Altro', 'Other'],
};

export const CONVERTED: Message = ['Passati', 'Converted'];
export const PENDING: Message = ['In sospeso', 'Pending'];
export const LOST: Message = ['Persi', 'Lost'];
export const MONTH: Message = ['Mese', 'Month'];
export const TOTAL: Message = ['Totale', 'Total'];
