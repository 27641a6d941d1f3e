import { type CauseClass } from '../../api/people-answers.js';
import { type Message } from '../../i18n/language.js';

interface Cause {
  readonly name: Message;
  readonly colour: string;
}

/** Why a count changed between two dates of knowledge. */
export const CAUSES: Readonly<Record<CauseClass, Cause>> = {
  new: { name: ['Avvenuto dopo', 'Happened since'], colour: '#0066cc' },
  late: { name: ['Registrato in ritardo', 'Recorded late'], colour: '#f0a500' },
  correction: { name: ['Corretto', 'Corrected'], colour: '#8f3a84' },
  retraction: { name: ['Ritrattato', 'Taken back'], colour: '#b3324c' },
  moved: { name: ['Spostato da un altro fatto', 'Moved by another fact'], colour: '#5b6f82' },
};
