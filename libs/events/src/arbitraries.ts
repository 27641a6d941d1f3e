import { type Catalogue, type CatalogueEntry } from '#catalogue';
import {
  type Day,
  endOfDay,
  type Instant,
  isoDay,
  isoInstant,
  parseInstant,
  romeDay,
  startOfDay,
} from '#calendar';
import fc from 'fast-check';
import { type Field } from './declaration/field.js';
import { COUNT_MAX } from './declaration/fields.js';
import { type JsonObject, type JsonValue } from './fact.js';
import { type FactName } from './fact-data.js';
import { EVENT_TYPES, type EventVersion } from './registry.js';
import { STAGE_ORDER } from './stages.js';

/** What the events are drawn from. */
export interface EventOptions {
  /** The types to draw; all when absent. */
  readonly names?: readonly FactName[];
  /** The first and last day to happen on; the year 2020 when absent. */
  readonly from?: Day;
  readonly to?: Day;
  /** Clock of the server: nothing happens later, nobody is born in a later year. The end of `to` when absent. */
  readonly now?: Instant;
  /** Subjects to draw from, so that facts meet in one journey; any when absent. */
  readonly subjects?: readonly string[];
  /** Whether `recordedtime` may be drawn; for callers with the right to import. */
  readonly imports?: boolean;
}

const YEAR_START = romeDay(parseInstant('2020-01-01T12:00:00Z')!);
const YEAR_END = romeDay(parseInstant('2020-12-31T12:00:00Z')!);

/** Texts of the form of a subject or of a meeting's id. */
export const arbitrarySubject = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

/** Ids: any code points that are no control characters, astral ones included. */
export const arbitraryId = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 24 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, 'x'));

/** URI references as sources have them. */
export const arbitrarySource = fc.oneof(
  fc.constantFrom('/area-web', 'urn:mip:desk', 'https://area-web.example/api?v=1#top', 'crm', '//host:80/a'),
  fc.webUrl().filter((url) => url.length <= 256),
);

/** The payloads of a type, with the codes of the catalogue that are valid on the day. */
export function arbitraryData(
  name: FactName,
  catalogue: Catalogue,
  day: Day,
  now: Instant,
): fc.Arbitrary<JsonObject> {
  return payload(EVENT_TYPES.newest(name)!.fields, { catalogue, day, now });
}

interface Scene {
  readonly catalogue: Catalogue;
  readonly day: Day;
  readonly now: Instant;
}

function payload(fields: readonly Field[], scene: Scene): fc.Arbitrary<JsonObject> {
  const model = Object.fromEntries(fields.map((field) => [field.property, fieldValue(field, scene)]));
  const requiredKeys = fields.filter(({ optional }) => !optional).map(({ property }) => property);
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function fieldValue({ kind, schema, fields }: Field, scene: Scene): fc.Arbitrary<JsonValue> {
  const { catalogue, day, now } = scene;
  const code = (entries: readonly CatalogueEntry[]) =>
    fc.constantFrom(...entries.filter((entry) => catalogue.validOn(entry, day)).map((entry) => entry.code));
  switch (kind) {
    case 'territory':
      return code(catalogue.territories);
    case 'venue':
      return code(catalogue.venues);
    case 'sa':
      return code(catalogue.sas);
    case 'count':
      return fc.oneof(fc.nat(600), fc.nat(COUNT_MAX));
    case 'birth-year':
      return fc.integer({ min: 1900, max: Number(isoDay(romeDay(now)).slice(0, 4)) });
    case 'one-of':
      return fc.constantFrom(...(schema['enum'] as string[]));
    case 'subject':
      return arbitrarySubject;
    case 'instant':
      return fc.integer({ min: startOfDay(day), max: endOfDay(day + 60) }).chain(writtenInstant);
    case 'day':
      return fc.constant(isoDay(day));
    case 'flag':
      return fc.boolean();
    case 'source':
      return arbitrarySource;
    case 'id':
      return arbitraryId;
    case 'full-type':
      return fc.constantFrom(...retractable().map(({ fullType }) => fullType));
    case 'nested':
      return payload(fields, scene);
  }
}

const retractable = () => EVENT_TYPES.versions().filter(({ subject }) => subject !== 'target');

/** An instant as a sender may write it: in UTC or at an offset, with or without a fraction. */
function writtenInstant(instant: Instant): fc.Arbitrary<string> {
  return fc.constantFrom(0, 1, 2, -5, 12).map((hours) => {
    const wall = isoInstant(instant + hours * 3_600_000).slice(0, -1);
    if (hours === 0) return `${wall}Z`;
    return `${wall}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
  });
}

const arbitraryExtensions = fc.dictionary(
  fc.stringMatching(/^x[a-z0-9]{1,19}$/),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()),
  { maxKeys: 2, noNullPrototype: true },
);

/**
 * Valid CloudEvents as parsed JSON, which `checkEvent` accepts. A retraction takes back an event that may not be there:
 * whether it is, is for those who have the log to say.
 */
export function arbitraryEvent(catalogue: Catalogue, options: EventOptions = {}): fc.Arbitrary<JsonObject> {
  const { names = STAGE_ORDER, from = YEAR_START, to = YEAR_END, now = endOfDay(to) } = options;
  const moment = fc.integer({ min: startOfDay(from), max: Math.min(endOfDay(to), now) });
  return fc.tuple(fc.constantFrom(...names), moment).chain(([name, time]) => {
    const version = EVENT_TYPES.newest(name)!;
    const recorded = fc.integer({ min: time, max: now }).chain(writtenInstant);
    return fc
      .record({
        id: arbitraryId,
        source: arbitrarySource,
        time: writtenInstant(time),
        recordedtime: options.imports ? fc.option(recorded, { nil: undefined }) : fc.constant(undefined),
        subject: options.subjects ? fc.constantFrom(...options.subjects) : arbitrarySubject,
        extensions: arbitraryExtensions,
        data: arbitraryData(name, catalogue, romeDay(time), now),
      })
      .map(({ recordedtime, subject, extensions, ...event }) => ({
        specversion: '1.0',
        type: version.fullType,
        ...event,
        ...(hasSubject(version, event.data) ? { subject } : {}),
        ...(recordedtime === undefined ? {} : { recordedtime }),
        ...extensions,
        data: version.subject === 'target' ? locating(event.data, romeDay(time)) : event.data,
      }));
  });
}

function hasSubject(version: EventVersion, data: JsonObject): boolean {
  if (version.subject !== 'target') return version.subject !== 'none';
  return targetKind(data) !== 'none';
}

/** A retraction that says where the event taken back stands, as far as that is needed. */
function locating(data: JsonObject, day: Day): JsonObject {
  const isSubjectless = targetKind(data) === 'none';
  return isSubjectless ? { ...data, day: data['day'] ?? isoDay(day) } : data;
}

function targetKind({ type }: JsonObject) {
  return typeof type === 'string' ? EVENT_TYPES.get(type)?.subject : undefined;
}
