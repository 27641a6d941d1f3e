import { computed } from '@preact/signals';
import { param } from '../state/address.js';

export type Language = 'it' | 'en';

/** A text in both languages. */
export type Message = readonly [it: string, en: string];

const preferred = (): Language =>
  typeof navigator === 'undefined' || /^it\b/i.test(navigator.language) ? 'it' : 'en';

export const language = computed<Language>(() => {
  const asked = param('lang');
  return asked === 'it' || asked === 'en' ? asked : preferred();
});

export const locale = computed(() => (language.value === 'it' ? 'it-IT' : 'en-GB'));

/** The text in the language of the page, `{names}` filled in. */
export function say([it, en]: Message, values: Readonly<Record<string, string | number>> = {}): string {
  const text = language.value === 'it' ? it : en;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
