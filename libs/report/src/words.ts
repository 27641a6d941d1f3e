import { type Language } from './document.js';
import { LABELS } from './words/labels.js';
import { MONTHS } from './words/months.js';
import { NOTES } from './words/notes.js';
import { PAGE } from './words/page.js';
import { TITLES } from './words/titles.js';

/** Every text of the report, Italian and English side by side. */
const WORDS = { ...LABELS, ...TITLES, ...NOTES, ...PAGE };
export type Word = keyof typeof WORDS;

export function wordIn(language: Language, word: Word): string {
  return WORDS[word][language === 'it' ? 0 : 1];
}

/** Whether there is a text for it. */
export function isWord(text: string): text is Word {
  return text in WORDS;
}

/** A calendar month (`05`) in words. */
export function monthIn(language: Language, month: string, form: 'short' | 'long'): string {
  return MONTHS[language][form][Number(month) - 1] ?? month;
}
