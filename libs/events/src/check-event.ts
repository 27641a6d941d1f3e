import { type Catalogue } from '#catalogue';
import { type Instant, isoDay, romeDay } from '#calendar';
import { contextErrors, formErrors } from './check-data.js';
import { type Envelope, readEnvelope } from './check-envelope.js';
import { subjectErrors } from './check-subject.js';
import { type JsonObject } from './fact.js';
import { type EventError, type IncomingEvent, quoted } from './incoming-event.js';
import { EVENT_TYPES, type EventRegistry, type EventVersion } from './registry.js';

export interface CheckContext {
  readonly catalogue: Catalogue;
  /** The server's clock. */
  readonly now: Instant;
  /** Whether the caller may say when its facts were recorded. */
  readonly mayImport: boolean;
}

export type CheckedEvent =
  | { readonly ok: true; readonly event: IncomingEvent }
  | {
      readonly ok: false;
      readonly errors: readonly EventError[];
      /** The caller has no right to send `recordedtime`; that outweighs whatever else is wrong. */
      readonly forbidden?: boolean;
    };

/**
 * Checks a parsed JSON value against every rule for an event that needs no log: envelope, payload, catalogue. All
 * that is wrong is told at once. It never throws.
 */
export function checkEvent(input: unknown, context: CheckContext, registry = EVENT_TYPES): CheckedEvent {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, errors: [{ detail: `an event is a JSON object, not ${quoted(input)}` }] };
  }
  const event = input as Readonly<Record<string, unknown>>;
  const errors: EventError[] = [];
  const envelope = readEnvelope(event, context.now, errors);
  const version = knownVersion(envelope, registry, errors);
  const data = Object.hasOwn(event, 'data') ? (event['data'] ?? undefined) : undefined;
  if (data === undefined) errors.push({ pointer: '/data', detail: 'is required' });
  else if (version) checkData(version, data, envelope, context, errors);
  if (version) {
    errors.push(...subjectErrors(version, isGiven(event['subject']), data, registry));
    errors.push(...cycleErrors(version, envelope, context.catalogue));
  }
  if (isGiven(event['recordedtime']) && !context.mayImport) {
    errors.unshift({
      pointer: '/recordedtime',
      detail: 'only a caller with the right to import may send it',
    });
    return { ok: false, errors, forbidden: true };
  }
  if (errors.length > 0 || !version) return { ok: false, errors };
  return { ok: true, event: asEvent(version, envelope, data) };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

function knownVersion(
  envelope: Envelope,
  registry: EventRegistry,
  errors: EventError[],
): EventVersion | undefined {
  if (envelope.type === undefined) return undefined;
  const version = registry.get(envelope.type);
  if (!version) errors.push({ pointer: '/type', detail: `there is no event type ${quoted(envelope.type)}` });
  return version;
}

function checkData(
  version: EventVersion,
  data: unknown,
  { time }: Envelope,
  { catalogue, now }: CheckContext,
  errors: EventError[],
): void {
  const form = formErrors(version, data);
  for (const error of form) errors.push(error);
  const around = { catalogue, day: time === undefined ? undefined : romeDay(time), now };
  for (const error of contextErrors(version, data, around)) {
    // What has not even the form of a code is told once.
    if (!form.some(({ pointer }) => pointer === error.pointer)) errors.push(error);
  }
}

function cycleErrors(version: EventVersion, { time }: Envelope, catalogue: Catalogue): EventError[] {
  if (version.subject !== 'journey' || time === undefined) return [];
  const day = romeDay(time);
  if (catalogue.cycleOf(day)) return [];
  const cycles = catalogue.cycles
    .map(
      ({ code, from, to }) =>
        `${code} (from ${isoDay(from)}${to === undefined ? '' : `, before ${isoDay(to)}`})`,
    )
    .join(', ');
  return [{ pointer: '/time', detail: `no programme cycle holds ${isoDay(day)}; the cycles are ${cycles}` }];
}

function asEvent(version: EventVersion, envelope: Envelope, data: unknown): IncomingEvent {
  const { id, source, time, subject, recordedTime, attributes } = envelope as Required<Envelope>;
  return {
    name: version.name,
    // Not the text of this event: kept for long it would be one text more for each.
    type: version.fullType,
    source,
    id,
    ...(subject === undefined ? {} : { subject }),
    time,
    ...(recordedTime === undefined ? {} : { recordedTime }),
    data: data as JsonObject,
    ...(attributes === undefined ? {} : { attributes }),
  };
}
