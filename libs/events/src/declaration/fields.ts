import { parseDay, parseInstant } from '#calendar';
import { CODE_FORM } from '#catalogue';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { field } from './field.js';
import {
  FULL_TYPE_FORM,
  ID_FORM,
  ID_WORDS,
  SOURCE_FORM,
  SOURCE_WORDS,
  SUBJECT_FORM,
  SUBJECT_WORDS,
} from './text-forms.js';

export { Optional } from './field.js';

export const COUNT_MAX = 1_000_000_000;
const FIRST_BIRTH_YEAR = 1900;
const LAST_BIRTH_YEAR = 9999;

const matching = (form: RegExp) => ({ type: 'string', pattern: form.source });

/** A code of the programme catalogue; that it exists on the day of the event is checked with the event. */
export function CatalogueCode(of: 'territory' | 'venue' | 'sa', meaning: string): PropertyDecorator {
  return field(
    { kind: of, meaning, form: `a ${of} code of the programme catalogue`, schema: matching(CODE_FORM) },
    [Matches(CODE_FORM)],
  );
}

/** A whole number from 0 to 1,000,000,000. */
export function Count(meaning: string): PropertyDecorator {
  const schema = { type: 'integer', minimum: 0, maximum: COUNT_MAX };
  return field({ kind: 'count', meaning, form: 'a whole number from 0 to 1,000,000,000', schema }, [
    IsInt(),
    Min(0),
    Max(COUNT_MAX),
  ]);
}

/** A year from 1900; that it is not in the future is checked with the event, which knows the clock. */
export function BirthYear(meaning: string): PropertyDecorator {
  const schema = { type: 'integer', minimum: FIRST_BIRTH_YEAR, maximum: LAST_BIRTH_YEAR };
  const rules = [IsInt(), Min(FIRST_BIRTH_YEAR), Max(LAST_BIRTH_YEAR)];
  return field({ kind: 'birth-year', meaning, form: 'a year from 1900 to this year', schema }, rules);
}

/** One of a closed list of codes. */
export function OneOf(codes: readonly string[], meaning: string): PropertyDecorator {
  return field(
    {
      kind: 'one-of',
      meaning,
      form: `one of ${codes.join(', ')}`,
      schema: { type: 'string', enum: [...codes] },
    },
    [IsIn(codes)],
  );
}

export function Flag(meaning: string): PropertyDecorator {
  return field({ kind: 'flag', meaning, form: 'true or false', schema: { type: 'boolean' } }, [IsBoolean()]);
}

/** The id of a meeting, of the same form as a subject. */
export function MeetingId(meaning: string): PropertyDecorator {
  return field({ kind: 'subject', meaning, form: SUBJECT_WORDS, schema: matching(SUBJECT_FORM) }, [
    Matches(SUBJECT_FORM),
  ]);
}

/** An RFC 3339 date-time with offset. */
export function DateTime(meaning: string): PropertyDecorator {
  const isDateTime = (value: unknown) => typeof value === 'string' && parseInstant(value) !== undefined;
  return field(
    {
      kind: 'instant',
      meaning,
      form: 'an RFC 3339 date-time with offset',
      schema: { type: 'string', format: 'date-time' },
    },
    [ValidateBy({ name: 'dateTime', validator: { validate: isDateTime } })],
  );
}

/** A calendar day, `YYYY-MM-DD`. */
export function CalendarDay(meaning: string): PropertyDecorator {
  const isDay = (value: unknown) => typeof value === 'string' && parseDay(value) !== undefined;
  return field(
    {
      kind: 'day',
      meaning,
      form: 'a calendar day written YYYY-MM-DD',
      schema: { type: 'string', format: 'date' },
    },
    [ValidateBy({ name: 'calendarDay', validator: { validate: isDay } })],
  );
}

/** The `source` of an event. */
export function EventSource(meaning: string): PropertyDecorator {
  return field({ kind: 'source', meaning, form: SOURCE_WORDS, schema: matching(SOURCE_FORM) }, [
    Matches(SOURCE_FORM),
  ]);
}

/** The `id` of an event. */
export function EventId(meaning: string): PropertyDecorator {
  return field({ kind: 'id', meaning, form: ID_WORDS, schema: matching(ID_FORM) }, [Matches(ID_FORM)]);
}

/** A full event type, `it.mip.<name>.v<version>`. */
export function FullType(meaning: string): PropertyDecorator {
  return field(
    {
      kind: 'full-type',
      meaning,
      form: 'a full event type such as it.mip.attended.v1',
      schema: matching(FULL_TYPE_FORM),
    },
    [Matches(FULL_TYPE_FORM)],
  );
}

/** An object of its own class. */
export function Nested(payload: new () => object, meaning: string): PropertyDecorator {
  return field({ kind: 'nested', meaning, form: 'an object', schema: {}, nested: payload }, [
    IsObject(),
    ValidateNested(),
    Type(() => payload),
  ]);
}
