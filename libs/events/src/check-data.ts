import { type Catalogue } from '#catalogue';
import { type Day, type Instant, isoDay, monthOfDay, romeDay } from '#calendar';
import { type ErrorObject } from 'ajv';
import { type Field } from './declaration/field.js';
import { type EventError, MOST_TOLD_NAMES, pointerTo, quoted } from './incoming-event.js';
import { type EventVersion } from './registry.js';

/** What is wrong with the form of a payload: nothing for a payload of this version. */
export function formErrors(version: EventVersion, data: unknown): EventError[] {
  if (version.isPayload(data)) return [];
  const errors = new Map<string, EventError>();
  const add = (error: EventError) => errors.set(error.pointer ?? '', error);
  const readable = withoutCrowds(version, version.fields, data, '/data', add);
  version.allErrors(readable);
  // A null where a code is due breaks two keywords of the schema and is still one error.
  for (const error of version.allErrors.errors ?? []) add(formError(version, readable, error));
  return [...errors.values()];
}

/**
 * The data; where an object in it has far too many unknown properties, which are told as one error, a copy without
 * them.
 */
function withoutCrowds(
  version: EventVersion,
  fields: readonly Field[],
  data: unknown,
  place: string,
  add: (error: EventError) => void,
): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  const given = data as Readonly<Record<string, unknown>>;
  const known = fields.filter(({ property }) => Object.hasOwn(given, property));
  const unknown = Object.keys(given).length - known.length;
  const isCrowded = unknown > MOST_TOLD_NAMES;
  if (isCrowded)
    add({ pointer: place, detail: `has ${unknown} properties that ${version.name} does not know` });
  const copy = isCrowded
    ? Object.fromEntries(known.map(({ property }) => [property, given[property]]))
    : given;
  const inner = known
    .filter(({ kind }) => kind === 'nested')
    .map(({ property, fields: its }) => [
      property,
      withoutCrowds(version, its, given[property], pointerTo(place, property), add),
    ]);
  return inner.length === 0 ? copy : { ...copy, ...Object.fromEntries(inner) };
}

/**
 * The first thing that is wrong with the form of a payload, as it may be told to everybody: by what is declared alone,
 * without any value and without the name of a property that is not declared.
 */
export function untellingFormError(version: EventVersion, data: unknown): EventError | undefined {
  if (version.isPayload(data)) return undefined;
  const [error] = version.isPayload.errors ?? [];
  if (!error) return { pointer: '/data', detail: 'is wrong' };
  const pointer = `/data${error.instancePath}`;
  if (error.keyword === 'required') return formError(version, data, error);
  if (error.keyword === 'additionalProperties') {
    return { pointer, detail: `has a property that ${version.name} does not have` };
  }
  return { pointer, detail: mustBe(fieldAt(version, data, error.instancePath).field) };
}

function formError(version: EventVersion, data: unknown, error: ErrorObject): EventError {
  const place = `/data${error.instancePath}`;
  const params = error.params as Readonly<Record<string, string>>;
  if (error.keyword === 'required') {
    return { pointer: pointerTo(place, params['missingProperty']!), detail: 'is required' };
  }
  if (error.keyword === 'additionalProperties') {
    const property = params['additionalProperty']!;
    return { pointer: pointerTo(place, property), detail: `${version.name} has no property of this name` };
  }
  const { field, value } = fieldAt(version, data, error.instancePath);
  return { pointer: place, detail: `${mustBe(field)}, not ${quoted(value)}` };
}

const mustBe = (field: Field | undefined) => `must be ${field?.form ?? 'an object'}`;

/** The declared field and the value at a place in a payload. Declared names hold no character that is escaped. */
function fieldAt(version: EventVersion, data: unknown, path: string): { field?: Field; value: unknown } {
  let fields = version.fields;
  let field: Field | undefined;
  let value = data;
  for (const property of path.split('/').slice(1)) {
    field = fields.find((one) => one.property === property);
    fields = field?.fields ?? [];
    value = (value as Record<string, unknown>)[property];
  }
  return { field, value };
}

/** What a payload is checked against besides its form. */
export interface Surroundings {
  readonly catalogue: Catalogue;
  /** Rome day of the event's time; undefined when the event has none that can be read. */
  readonly day: Day | undefined;
  /** The server's clock. */
  readonly now: Instant;
}

/** What a payload says that does not hold in its surroundings: codes of the catalogue, years of birth to come. */
export function contextErrors(version: EventVersion, data: unknown, around: Surroundings): EventError[] {
  return fieldErrors(version.fields, data, around, '/data');
}

function fieldErrors(
  fields: readonly Field[],
  data: unknown,
  around: Surroundings,
  base: string,
): EventError[] {
  if (typeof data !== 'object' || data === null) return [];
  const errors: EventError[] = [];
  for (const { property, kind, fields: inner } of fields) {
    if (!Object.hasOwn(data, property)) continue;
    const value = (data as Record<string, unknown>)[property];
    if (kind === 'nested') errors.push(...fieldErrors(inner, value, around, pointerTo(base, property)));
    else if (kind === 'birth-year') {
      if (typeof value === 'number' && value > yearOf(around.now)) {
        errors.push({ pointer: pointerTo(base, property), detail: `${value} is a year to come` });
      }
    } else if (kind === 'territory' || kind === 'venue' || kind === 'sa') {
      if (typeof value !== 'string') continue;
      const detail = codeError(kind, value, around);
      if (detail !== undefined) errors.push({ pointer: pointerTo(base, property), detail });
    }
  }
  return errors;
}

function codeError(
  kind: 'territory' | 'venue' | 'sa',
  code: string,
  { catalogue, day }: Surroundings,
): string | undefined {
  const entry = catalogue[kind](code);
  if (!entry) return `there is no ${kind} ${quoted(code)} in the programme catalogue`;
  return day === undefined || catalogue.validOn(entry, day)
    ? undefined
    : `the ${kind} ${quoted(code)} is not valid on ${isoDay(day)}`;
}

const yearOf = (instant: Instant) => Math.floor(monthOfDay(romeDay(instant)) / 12);
