import { DAY_MS, isoDay, isoInstant, parseDay } from '#calendar';
import { romeOffset } from '#calendar/rome-offset';
import { type Json } from './json.js';

/** Makes the value of a cell; undefined when the cell has not the form. */
export interface CellFormat {
  /** What the cell has to be, for messages. */
  readonly words: string;
  read(text: string): string | number | undefined;
}

export const FORMATS = ['integer', 'time', 'date'];

/**
 * The format that a mapping asks for, or what is wrong with it. A `time` is the wall clock of Europe/Rome; of an hour
 * that the clock shows twice it is the first.
 */
export function cellFormat(as: Json, format: Json | undefined): CellFormat | string {
  if (as === 'integer') {
    if (format !== undefined) return 'is not possible for an integer';
    return { words: 'an integer', read: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined) };
  }
  if (as !== 'time' && as !== 'date') return `must be one of ${FORMATS.join(', ')}`;
  const text = typeof format === 'string' ? format : '';
  const pattern = parsePattern(text, as);
  if (!pattern) {
    const clock = as === 'time' ? ', and HH, mm, ss where it has them' : '';
    return `must be a text with YYYY, MM and DD${clock}: "DD/MM/YYYY${as === 'time' ? ' HH:mm' : ''}"`;
  }
  const read = as === 'date' ? readDate : readTime;
  return {
    words: `a ${as} of the form ${text}`,
    read: (cell) => read(pattern.exec(cell)?.groups ?? {}),
  };
}

const DATE_TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
};
const TOKENS: Readonly<Record<string, string>> = {
  ...DATE_TOKENS,
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};

function parsePattern(format: string, as: 'time' | 'date'): RegExp | undefined {
  const found: readonly string[] = format.match(/YYYY|MM|DD|HH|mm|ss/g) ?? [];
  const possible = Object.keys(as === 'date' ? DATE_TOKENS : TOKENS);
  const isSound = found.every((token) => possible.includes(token)) && new Set(found).size === found.length;
  if (!isSound || !Object.keys(DATE_TOKENS).every((token) => found.includes(token))) return undefined;
  const source = format.replace(
    /YYYY|MM|DD|HH|mm|ss|[\\^$.*+?()[\]{}|/]/g,
    (part) => TOKENS[part] ?? `\\${part}`,
  );
  return new RegExp(`^${source}$`, 'u');
}

type Groups = Readonly<Record<string, string | undefined>>;

function dayOf({ year, month, day }: Groups): number | undefined {
  return parseDay(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`);
}

function readDate(groups: Groups): string | undefined {
  const day = dayOf(groups);
  return day === undefined ? undefined : isoDay(day);
}

const HOUR_MS = 3_600_000;
/** Summer and winter time: of two instants with the same wall clock the one in summer time is the earlier. */
const OFFSETS = [2 * HOUR_MS, HOUR_MS];

function readTime(groups: Groups): string | undefined {
  const day = dayOf(groups);
  const { hour = '0', minute = '0', second = '0' } = groups;
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const wall = day * DAY_MS + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const instant = OFFSETS.map((offset) => wall - offset).find((one) => one + romeOffset(one) === wall);
  return instant === undefined ? undefined : isoInstant(instant);
}
