import { signal } from '@preact/signals';
import { type Catalogue, type GroupKey } from '../api/answers.js';
import { request } from '../api/client.js';
import { say } from '../i18n/language.js';
import { EDUCATION, EMPLOYMENT, GENDERS, MODES, NO_VALUE, UNKNOWN } from '../i18n/words.js';

export const catalogue = signal<Catalogue | undefined>(undefined);

export async function readCatalogue(): Promise<void> {
  catalogue.value = await request<Catalogue>('/v1/catalogue');
}

const WORDS = { mode: MODES, gender: GENDERS, education: EDUCATION, employment: EMPLOYMENT } as const;
const LISTS = { territory: 'territories', venue: 'venues', sa: 'sas' } as const;

/** What a value of a group is called. */
export function valueName(key: GroupKey, code: string): string {
  if (code === 'unknown') return say(UNKNOWN);
  if (key in WORDS) {
    const message = WORDS[key as keyof typeof WORDS][code];
    return message ? say(message) : code;
  }
  if (code === 'none') return say(NO_VALUE);
  const list = catalogue.value?.[LISTS[key as keyof typeof LISTS]];
  return list?.find((one) => one.code === code)?.name ?? code;
}
