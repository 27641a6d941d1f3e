import { locale, type Message, say } from './language.js';

const ONE_DAY: Message = ['un giorno', 'one day'];
const DAYS: Message = ['{days} giorni', '{days} days'];

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: (locale: string) => F,
): F {
  const name = `${locale.value} ${key}`;
  const known = formats.get(name) as F | undefined;
  if (known) return known;
  const made = make(locale.value);
  formats.set(name, made);
  return made;
}

/** A count, with the thousands set apart also below ten thousand; a dash for what is not known. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return cached('count', (name) => new Intl.NumberFormat(name, { useGrouping: 'always' as never })).format(
    value,
  );
}

/** A number with so many decimals. */
export function decimal(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return '–';
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return cached(`decimal ${digits}`, (name) => new Intl.NumberFormat(name, options)).format(value);
}

/** A number to one decimal, for charts. */
export const tenths = (value: number | null): number | null =>
  value === null ? null : Math.round(10 * value) / 10;

/** A percentage that comes as 0 to 100. */
export function percent(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined ? '–' : `${decimal(value, digits)} %`;
}

/** A number with its sign. */
export function signed(value: number): string {
  return value > 0 ? `+${count(value)}` : count(value).replace('-', '−');
}

const utc = (day: string) => new Date(`${day}T00:00:00Z`);

/** `2020-05` as "mag 2020". */
export function monthName(month: string, form: 'short' | 'long' = 'short'): string {
  const options = { month: form, year: 'numeric', timeZone: 'UTC' } as const;
  return cached(`month ${form}`, (name) => new Intl.DateTimeFormat(name, options)).format(utc(`${month}-01`));
}

/** The name of a month without its year. */
export function bareMonthName(month: string): string {
  const options = { month: 'short', timeZone: 'UTC' } as const;
  return cached('bare month', (name) => new Intl.DateTimeFormat(name, options)).format(utc(`${month}-01`));
}

/** `2020-05-04` as "4 maggio 2020". */
export function dayName(day: string, form: 'short' | 'long' = 'long'): string {
  const options = { day: 'numeric', month: form, year: 'numeric', timeZone: 'UTC' } as const;
  return cached(`day ${form}`, (name) => new Intl.DateTimeFormat(name, options)).format(utc(day));
}

/** An instant as day and time of the programme's place. */
export function instantName(instant: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Rome' } as const;
  return cached('instant', (name) => new Intl.DateTimeFormat(name, options)).format(new Date(instant));
}

/** A number of days, in words. */
export function dayCount(days: number): string {
  return days === 1 ? say(ONE_DAY) : say(DAYS, { days: count(days) });
}
