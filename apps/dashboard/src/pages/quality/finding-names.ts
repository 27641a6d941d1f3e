import { type Message, say } from '../../i18n/language.js';

interface Kind {
  readonly name: Message;
  /** What the server tells in English, in Italian. */
  readonly italian: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  out_of_order: {
    name: ['Passo fuori ordine', 'Out of order'],
    italian: 'Un passo del percorso, mentre quelli precedenti del ciclo sono avvenuti tutti dopo.',
  },
  pds_without_choice: {
    name: ['PdS senza scelta della SA', 'PdS without choice'],
    italian: 'Un Patto di Servizio firmato senza una scelta della SA prima o nello stesso momento.',
  },
  attended_without_registration: {
    name: ['Partecipazione senza iscrizione', 'Attended without registration'],
    italian: 'Una partecipazione senza un’iscrizione prima o nello stesso momento.',
  },
  booking_unanswered: {
    name: ['Prenotazione senza esito', 'Booking unanswered'],
    italian: 'Una prenotazione di cui, 14 giorni dopo l’incontro, non si sa se la persona sia venuta.',
  },
  attended_and_absent: {
    name: ['Presente e assente', 'Attended and absent'],
    italian: 'Un’assenza da un incontro a cui la stessa persona risulta aver partecipato.',
  },
  sa_outside_territory: {
    name: ['SA di un altro territorio', 'SA outside territory'],
    italian: 'Una SA di un territorio diverso da quello della prima iscrizione.',
  },
  recorded_late: {
    name: ['Registrato in ritardo', 'Recorded late'],
    italian: 'Un fatto registrato più di 30 giorni dopo che è avvenuto.',
  },
  past_rewritten: {
    name: ['Passato riscritto', 'Past rewritten'],
    italian:
      'Un fatto importato con una data di registrazione precedente all’importazione: ha cambiato ciò che si vede a una data passata.',
  },
  id_under_two_subjects: {
    name: ['Stesso id per due persone', 'Id under two subjects'],
    italian: 'Un fatto con la stessa origine e lo stesso id di un fatto di un’altra persona.',
  },
};

/** What a kind of finding is called; one that this page does not know is called by its code. */
export function findingName({ kind }: { readonly kind: string }): string {
  const known = KINDS[kind];
  return known ? say(known.name) : kind;
}

/** What a kind of finding means. */
export function findingMeaning({ kind, description }: { kind: string; description: string }): string {
  return say([KINDS[kind]?.italian ?? description, description]);
}
