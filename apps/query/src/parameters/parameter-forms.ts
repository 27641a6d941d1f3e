import { ValidateBy, type ValidationArguments } from 'class-validator';
import { endOfDay, type Instant, isoInstant, parseDay, parseInstant } from '#calendar';
import { parsePosition } from '#event-log';
import { parseCursor } from '../audit/index.js';
import { quoted } from './invalid-parameters.js';
import { parsePeopleCursor } from './people-cursor.js';

/**
 * The forms of query parameters. A value is a text; where it is not (a parameter that stands twice is a list) no form
 * holds.
 */
function textForm(
  name: string,
  holds: (text: string) => boolean,
  words: string,
  hint: (text: string) => string = () => '',
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: (args?: ValidationArguments) => {
        const value: unknown = args?.value;
        return `${args?.property ?? 'the value'} must be ${words}, not ${quoted(value)}${hint(String(value))}`;
      },
    },
  });
}

/** A calendar day. */
export const IsDay = () => textForm('isDay', (text) => parseDay(text) !== undefined, 'a day (YYYY-MM-DD)');

/** A day, or an instant with offset. */
export const IsCutOff = () =>
  textForm(
    'isCutOff',
    (text) => parseCutOff(text) !== undefined,
    'a day (YYYY-MM-DD) or an instant with offset (RFC 3339)',
    // A plus sign in a query stands for a space, which hardly anybody has in mind.
    (text) => (/\d \d\d:\d\d$/.test(text) ? '; a plus sign is written %2B' : ''),
  );

/** A token that the service gave out as `position`. */
export const IsPosition = () =>
  textForm('isPosition', (text) => parsePosition(text) !== undefined, 'a position that an answer carried');

/** What the link to a next page holds. */
export const IsCursor = () =>
  textForm('isCursor', (text) => parseCursor(text) !== undefined, 'the cursor of a `next` link');

/** What the link to a next page of people holds. */
export const IsPeopleCursor = () =>
  textForm('isCursor', (text) => parsePeopleCursor(text) !== undefined, 'the cursor of a `next` link');

/** Codes with commas between them. */
export const IsCodeList = () =>
  textForm('isCodeList', (text) => text.split(',').every((code) => code !== ''), 'codes separated by commas');

/** One of a closed list of words. */
export const IsWord = (words: readonly string[]) =>
  textForm('isWord', (text) => words.includes(text), oneOf(words));

/** Some of a closed list of words, separated by commas, none of them twice. */
export const IsWordList = (words: readonly string[]) =>
  textForm(
    'isWordList',
    (text) => {
      const parts = text.split(',');
      return parts.every((part) => words.includes(part)) && new Set(parts).size === parts.length;
    },
    `a list, separated by commas and none twice, of ${words.join(', ')}`,
  );

/** An integer within bounds, in plain digits. */
export const IsCount = (min: number, max: number) =>
  textForm(
    'isCount',
    (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
    `an integer from ${min} to ${max}`,
  );

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`;
}

/**
 * The last instant that a cut-off lets through: of a day its last millisecond in Europe/Rome, of an instant itself.
 * Undefined when the text is neither.
 */
export function parseCutOff(text: string): Instant | undefined {
  const day = parseDay(text);
  if (day !== undefined) return endOfDay(day);
  const instant = parseInstant(text);
  // An offset can lead out of the years that RFC 3339 can write.
  return instant !== undefined && /^\d{4}-/.test(isoInstant(instant)) ? instant : undefined;
}

/** A cut-off as answers repeat it: a day as a day, an instant in UTC. */
export function shownCutOff(text: string): string {
  return parseDay(text) === undefined ? isoInstant(parseInstant(text)!) : text;
}
