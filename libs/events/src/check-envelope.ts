import { type Instant, isoInstant, parseInstant } from '#calendar';
import {
  ID_FORM,
  ID_WORDS,
  SCHEMA_FORM,
  SCHEMA_WORDS,
  SOURCE_FORM,
  SOURCE_WORDS,
  SUBJECT_FORM,
  SUBJECT_WORDS,
} from './declaration/text-forms.js';
import { type AttributeValue } from './fact.js';
import { type EventError, MOST_TOLD_NAMES, pointerTo, quoted } from './incoming-event.js';

/** How far a sender's clock may be off. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
const EARLIEST = Date.UTC(2000, 0, 1);

/** The envelope of an event as far as it could be read; what could not is undefined and told in the errors. */
export interface Envelope {
  id?: string;
  source?: string;
  type?: string;
  subject?: string;
  time?: Instant;
  recordedTime?: Instant;
  attributes?: Record<string, AttributeValue>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Named in the contract of the envelope; everything else is an extension. */
const OWN_RULE = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'recordedtime', 'data'];
/** Of the server: sent in by those who send again what they read out. */
const DROPPED = ['acceptedtime', 'position'];
const NO_EXTENSION = new Set([...OWN_RULE, ...DROPPED]);
const EXTENSION_NAME = /^[a-z0-9]{1,20}$/;
const UNSAFE_NUMBER =
  'is a whole number beyond 9007199254740991 (2^53 - 1), of which digits are lost: send it as a text';

/** Reads all of an event but its data. Whatever is wrong is added to `errors`. */
export function readEnvelope(event: Attributes, now: Instant, errors: EventError[]): Envelope {
  const envelope: Envelope = {};
  if (required(event, 'specversion', errors) && event['specversion'] !== '1.0') {
    errors.push(wrong('specversion', '"1.0"', event['specversion']));
  }
  envelope.id = readText(event, 'id', isId, ID_WORDS, errors);
  envelope.source = readText(event, 'source', isSource, SOURCE_WORDS, errors);
  envelope.type = readText(event, 'type', () => true, 'a text', errors);
  if (isThere(event, 'subject'))
    envelope.subject = readText(event, 'subject', isSubject, SUBJECT_WORDS, errors);
  readTimes(event, now, envelope, errors);
  envelope.attributes = readAttributes(event, errors);
  return envelope;
}

const isId = (text: string) => ID_FORM.test(text);
const isSubject = (text: string) => SUBJECT_FORM.test(text);
const isSource = (text: string) => SOURCE_FORM.test(text);

/** Whether the attribute has a value: senders may write null for none. */
function isThere(event: Attributes, name: string): boolean {
  return Object.hasOwn(event, name) && event[name] !== null && event[name] !== undefined;
}

function required(event: Attributes, name: string, errors: EventError[]): boolean {
  if (isThere(event, name)) return true;
  errors.push({ pointer: `/${name}`, detail: 'is required' });
  return false;
}

function wrong(name: string, form: string, value: unknown): EventError {
  return { pointer: pointerTo('', name), detail: `must be ${form}, not ${quoted(value)}` };
}

function readText(
  event: Attributes,
  name: string,
  isRight: (text: string) => boolean,
  form: string,
  errors: EventError[],
): string | undefined {
  if (!required(event, name, errors)) return undefined;
  const value = event[name];
  if (typeof value === 'string' && isRight(value)) return value;
  errors.push(wrong(name, form, value));
  return undefined;
}

function readTimes(event: Attributes, now: Instant, envelope: Envelope, errors: EventError[]): void {
  if (required(event, 'time', errors)) envelope.time = readInstant(event, 'time', now, errors);
  if (!isThere(event, 'recordedtime')) return;
  const recorded = readInstant(event, 'recordedtime', now, errors);
  if (recorded === undefined) return;
  envelope.recordedTime = recorded;
  if (envelope.time !== undefined && recorded < envelope.time - CLOCK_TOLERANCE_MS) {
    const detail = `${isoInstant(recorded)} is more than 5 minutes before the event's time, ${isoInstant(envelope.time)}`;
    errors.push({ pointer: '/recordedtime', detail });
  }
}

function readInstant(
  event: Attributes,
  name: string,
  now: Instant,
  errors: EventError[],
): Instant | undefined {
  const value = event[name];
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (instant === undefined) {
    errors.push(wrong(name, 'an RFC 3339 date-time with offset (and no second 60)', value));
  } else if (instant < EARLIEST) {
    errors.push({ pointer: `/${name}`, detail: `${quoted(value)} is before 2000-01-01T00:00:00Z` });
  } else if (instant > now + CLOCK_TOLERANCE_MS) {
    const detail = `${quoted(value)} is more than 5 minutes after the server's clock, ${isoInstant(now)}`;
    errors.push({ pointer: `/${name}`, detail });
  } else return instant;
  return undefined;
}

function readAttributes(event: Attributes, errors: EventError[]): Record<string, AttributeValue> | undefined {
  let attributes: Record<string, AttributeValue> | undefined;
  const before = errors.length;
  let wrongs = 0;
  for (const name of Object.keys(event)) {
    if (NO_EXTENSION.has(name) || !isThere(event, name)) continue;
    const error = attributeError(name, event[name]);
    if (error === undefined) (attributes ??= {})[name] = event[name] as AttributeValue;
    else if ((wrongs += 1) <= MOST_TOLD_NAMES) errors.push({ pointer: pointerTo('', name), detail: error });
  }
  if (wrongs > MOST_TOLD_NAMES) {
    errors.length = before;
    errors.push({ detail: `the event has ${wrongs} attributes that are wrong` });
  }
  return attributes;
}

function attributeError(name: string, value: unknown): string | undefined {
  if (name === 'data_base64') return 'binary data is not taken: send `data` as JSON';
  if (!EXTENSION_NAME.test(name)) {
    return 'is no attribute: the name of an extension is 1 to 20 lower-case letters and digits';
  }
  if (name === 'datacontenttype') {
    return value === 'application/json' ? undefined : `must be "application/json", not ${quoted(value)}`;
  }
  if (name === 'dataschema') {
    const isUri = typeof value === 'string' && SCHEMA_FORM.test(value);
    return isUri ? undefined : `must be ${SCHEMA_WORDS}, not ${quoted(value)}`;
  }
  if (typeof value === 'boolean' || (typeof value === 'string' && value.isWellFormed())) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? UNSAFE_NUMBER : undefined;
  }
  return `must be a string, a number or a boolean, not ${quoted(value)}`;
}
