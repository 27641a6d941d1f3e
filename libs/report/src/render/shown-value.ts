import { type CellValue, type Language, type ValueFormat } from '../document.js';

const LOCALES: Readonly<Record<Language, string>> = { it: 'it-IT', en: 'en-GB' };

/** How many decimals a format has; undefined where it is no number. */
const DECIMALS = {
  text: undefined,
  date: undefined,
  integer: [0, 0],
  percent: [2, 2],
  wholePercent: [0, 0],
  points: [0, 2],
  decimal: [0, 1],
  minutes: [0, 1],
} as const satisfies Record<ValueFormat, readonly [least: number, most: number] | undefined>;

const UNITS: Partial<Record<ValueFormat, string>> = { percent: '%', wholePercent: '%', minutes: ' min' };

const NOTHING = '–';

/** A value as a reader of the language writes it: `1.443`, `65,77%`, `14/09/2020`; a dash for what there is not. */
export function shownValue(value: CellValue, format: ValueFormat, lang: Language): string {
  if (value === null || value === '') return NOTHING;
  if (format === 'date') return shownDay(String(value), lang);
  const decimals = DECIMALS[format];
  if (typeof value === 'string' || decimals === undefined) return String(value);
  const [minimumFractionDigits, maximumFractionDigits] = decimals;
  const number = new Intl.NumberFormat(LOCALES[lang], {
    minimumFractionDigits,
    maximumFractionDigits,
    useGrouping: 'always',
    signDisplay: format === 'points' ? 'exceptZero' : 'auto',
  }).format(value);
  return `${number.replace('-', '−')}${UNITS[format] ?? ''}`;
}

/** A day (`2020-09-14`) or an instant as a reader of the language writes it; what is neither stays as it is. */
export function shownDay(text: string, lang: Language): string {
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(instant.getTime())) return text;
  const day = instant.toLocaleDateString(LOCALES[lang], {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  });
  return text.length === 10 ? day : `${day}, ${text.slice(11, 19)} UTC`;
}
