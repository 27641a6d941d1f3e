import { createHash } from 'node:crypto';
import { type RecordedEvent } from '@eventstore/db-client';
import { type AttributeValue, type Fact, type JsonObject, type StoredFact } from '#events';
import { EventLogError } from '../event-log.error.js';
import { requireStorable } from '../storable.js';
import { positionOf } from './event-position.js';

/** Every type of a fact begins so. Whatever else stands in a log, of the node or of other programs, is no fact. */
export const FACT_TYPES = 'it.mip.';

/** Names the ids of this program among all name-based UUIDs. */
const ID_NAMESPACE = Buffer.from('6f1c1a3b52d04c0f9b7e3d1c5a8e2f47', 'hex');
/** Bytes of an event beyond its texts, generously: keys, lengths and ids. */
const EVENT_OVERHEAD = 200;
/** How much more than a fact's JSON an event takes, generously: the overhead, and a type told twice. */
export const MOST_BEYOND_JSON = 1_000;

/** A fact in the form in which EventStoreDB stores it. */
export interface FactEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  /** How much of a call it takes up. */
  readonly bytes: number;
}

/** What of a fact goes into the metadata of its event: all but type and data. */
type FactMetadata = Omit<Fact, 'type' | 'data'>;

/**
 * The id of a fact's event: a name-based UUID (RFC 9562, 5.5) of everything that is stored, times included. A node takes
 * an append whose ids it has for a repetition, whatever the events say; so only the very same fact may have the same id
 * (docs/decisions/0013).
 */
export function eventId(stream: string, { type, data, metadata }: Omit<FactEvent, 'id' | 'bytes'>): string {
  const hash = createHash('sha1')
    .update(ID_NAMESPACE)
    .update(JSON.stringify([stream, type, data, metadata]))
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The event of a fact. Fails with `invalid` where it could not be given back unchanged. */
export function toEvent(stream: string, fact: Fact): FactEvent {
  requireStorable(fact);
  if (!fact.type.startsWith(FACT_TYPES)) {
    throw new EventLogError('invalid', `a fact's type begins with ${FACT_TYPES}, not ${fact.type}`);
  }
  const { type, data: payload, source, id, subject, time, recorded, accepted, attributes } = fact;
  const data = textOf(payload);
  const metadata = textOf({ source, id, subject, time, recorded, accepted, attributes });
  const bytes = EVENT_OVERHEAD + Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length;
  return { id: eventId(stream, { type, data, metadata }), type, data, metadata, bytes };
}

function textOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new EventLogError('invalid', 'the fact cannot be written as JSON', { cause: error });
  }
}

export function isFact(event: Pick<RecordedEvent, 'type'>): boolean {
  return event.type.startsWith(FACT_TYPES);
}

/** The fact of an event. Fails with `corrupt`, naming the position, when this program cannot have written it. */
export function fromEvent(event: RecordedEvent): StoredFact {
  const { streamId, revision, type, data } = event;
  const position = event.position ? positionOf(event.position) : NaN;
  const metadata: unknown = event.metadata;
  // JSON that cannot be parsed comes as text, or as bytes in the metadata.
  if (!isObject(data)) throw unreadable(position, streamId, revision, 'data');
  if (!isFactMetadata(metadata)) throw unreadable(position, streamId, revision, 'metadata');
  const { source, id, subject, time, recorded, accepted, attributes } = metadata;
  return {
    position,
    stream: streamId,
    revision: Number(revision),
    source,
    id,
    type,
    ...(subject === undefined ? {} : { subject }),
    time,
    recorded,
    accepted,
    data,
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** Whether a stored event is the very fact that was to be stored, whatever id an earlier version gave it. */
export function isSameEvent(stored: RecordedEvent, event: FactEvent): boolean {
  return (
    stored.type === event.type &&
    JSON.stringify(stored.metadata) === event.metadata &&
    JSON.stringify(stored.data) === event.data
  );
}

function unreadable(position: number, stream: string, revision: bigint, part: string): EventLogError {
  const place = Number.isNaN(position) ? `revision ${revision} of ${stream}` : `position ${position}`;
  return new EventLogError('corrupt', `the fact at ${place} has unreadable ${part}`);
}

function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function isFactMetadata(value: unknown): value is FactMetadata {
  if (!isObject(value)) return false;
  const { source, id, subject, time, recorded, accepted, attributes } = value;
  return (
    typeof source === 'string' &&
    typeof id === 'string' &&
    (subject === undefined || typeof subject === 'string') &&
    [time, recorded, accepted].every((instant) => Number.isSafeInteger(instant)) &&
    (attributes === undefined || (isObject(attributes) && Object.values(attributes).every(isAttribute)))
  );
}

const isAttribute = (value: unknown): value is AttributeValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
