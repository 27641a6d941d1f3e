import { type CellValue, type Language, type ValueFormat } from '../document.js';

const LOCALES: Readonly<Record<Language, string>> = { it: 'it-IT', en: 'en-GB' };

type NumberFormat = Exclude<ValueFormat, 'text' | 'date'>;

/** How many decimals a format has. */
const DECIMALS = {
  integer: [0, 0],
  percent: [2, 2],
  wholePercent: [0, 0],
  points: [0, 2],
  decimal: [0, 1],
  minutes: [0, 1],
} as const satisfies Record<NumberFormat, readonly [least: number, most: number]>;

const UNITS: Partial<Record<ValueFormat, string>> = { percent: '%', wholePercent: '%', minutes: ' min' };

const NOTHING = '–';

/** A value as a reader of the language writes it: `1.443`, `65,77%`, `14/09/2020`; a dash for what there is not. */
export function shownValue(value: CellValue, format: ValueFormat, lang: Language): string {
  if (value === null || value === '') return NOTHING;
  if (format === 'date') return shownDay(String(value), lang);
  if (typeof value === 'string' || format === 'text') return String(value);
  const number = formatterOf(format, lang).format(value);
  return `${number.replace('-', '−')}${UNITS[format] ?? ''}`;
}

/**
 * A figure of the printed report, with as many decimals as were printed: 12 was printed `12%` where `11,37%` is
 * computed.
 */
export function shownPrinted(value: number, format: ValueFormat, lang: Language): string {
  if (format === 'text' || format === 'date') return shownValue(value, format, lang);
  const number = new Intl.NumberFormat(LOCALES[lang], {
    minimumFractionDigits: decimalsOf(value),
    maximumFractionDigits: decimalsOf(value),
    useGrouping: 'always',
    signDisplay: signOf(format),
  }).format(value);
  return `${number.replace('-', '−')}${UNITS[format] ?? ''}`;
}

/** How many decimals a number was written with; none was printed with zeros at its end. */
export const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0;

const signOf = (format: NumberFormat) => (format === 'points' ? 'exceptZero' : 'auto');

/** Making one takes longer than using it a hundred times. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(format: NumberFormat, lang: Language): Intl.NumberFormat {
  const known = formatters.get(`${format} ${lang}`);
  if (known) return known;
  const [minimumFractionDigits, maximumFractionDigits] = DECIMALS[format];
  const formatter = new Intl.NumberFormat(LOCALES[lang], {
    minimumFractionDigits,
    maximumFractionDigits,
    useGrouping: 'always',
    signDisplay: signOf(format),
  });
  formatters.set(`${format} ${lang}`, formatter);
  return formatter;
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
