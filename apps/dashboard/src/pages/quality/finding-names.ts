import { type Message, say } from '../../i18n/language.js';

interface Kind {
  readonly name: Message;
  /** What the server tells for who knows the API, for everybody. */
  readonly meaning: Message;
}

const KINDS: Readonly<Record<string, Kind>> = {
  out_of_order: {
    name: ['Passo fuori ordine', 'Out of order'],
    meaning: [
      'Un passo del percorso, mentre quelli precedenti del ciclo sono avvenuti tutti dopo.',
      'A step of the funnel, while those before it in the cycle all happened later.',
    ],
  },
  pds_without_choice: {
    name: ['PdS senza scelta del SA', 'PdS without choice'],
    meaning: [
      'Un Patto di Servizio firmato senza una scelta del SA prima o nello stesso momento.',
      'A service pact signed by somebody who had not chosen an SA by then.',
    ],
  },
  attended_without_registration: {
    name: ['Partecipazione senza registrazione', 'Attended without registration'],
    meaning: [
      'Una partecipazione senza una registrazione prima o nello stesso momento.',
      'An attendance of somebody who had not registered by then.',
    ],
  },
  booking_unanswered: {
    name: ['Prenotazione senza esito', 'Booking unanswered'],
    meaning: [
      'Una prenotazione di cui, 14 giorni dopo l’incontro, non si sa se la persona sia venuta.',
      'A booking of which, 14 days after the meeting, nobody has told whether the person came.',
    ],
  },
  attended_and_absent: {
    name: ['Presente e assente', 'Attended and absent'],
    meaning: [
      'Un’assenza da un incontro a cui la stessa persona risulta aver partecipato.',
      'An absence from a meeting that the same person is recorded to have attended.',
    ],
  },
  sa_outside_territory: {
    name: ['SA di un altro territorio', 'SA outside territory'],
    meaning: [
      'Un SA di un territorio diverso da quello della prima registrazione.',
      'An SA of another territory than that of the first registration.',
    ],
  },
  recorded_late: {
    name: ['Registrato in ritardo', 'Recorded late'],
    meaning: [
      'Un fatto registrato più di 30 giorni dopo che è avvenuto.',
      'A fact recorded more than 30 days after it happened.',
    ],
  },
  past_rewritten: {
    name: ['Passato riscritto', 'Past rewritten'],
    meaning: [
      'Un fatto importato con una data di registrazione precedente all’importazione: ha cambiato ciò che si vede a una data passata.',
      'A fact imported with a date of recording before the import: it has changed what a past date shows.',
    ],
  },
  id_under_two_subjects: {
    name: ['Stesso id per due persone', 'Id under two subjects'],
    meaning: [
      'Un fatto con la stessa origine e lo stesso id di un fatto di un’altra persona.',
      'A fact with the same source and the same id as a fact of another person.',
    ],
  },
};

/** What a kind of finding is called; one that this page does not know is called by its code. */
export function findingName({ kind }: { readonly kind: string }): string {
  const known = KINDS[kind];
  return known ? say(known.name) : kind;
}

/** What a kind of finding means. */
export function findingMeaning({ kind, description }: { kind: string; description: string }): string {
  return say(KINDS[kind]?.meaning ?? [description, description]);
}
