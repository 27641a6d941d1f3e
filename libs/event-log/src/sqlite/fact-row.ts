import { type AttributeValue, type Fact, type JsonObject, type StoredFact } from '#events';
import { EventLogError } from '../event-log.error.js';
import { requireStorable } from '../storable.js';

/** What of a fact goes to the writing thread: only strings and numbers, which cross threads cheaply. */
export type FactRow = readonly [
  source: string,
  type: string,
  time: number,
  recorded: number,
  accepted: number,
  id: string,
  subject: string | null,
  data: string,
  attributes: string | null,
];

/** A row of the table as it is read, with the stream's name joined. Source and type are numbers of names. */
export type StoredRow = readonly [
  position: number,
  stream: string | null,
  revision: number,
  source: number,
  type: number,
  time: number,
  recorded: number,
  accepted: number,
  id: string,
  subject: string | null,
  data: string,
  attributes: string | null,
];

/** Characters of a row beyond its texts: numbers, keys and the index entries. */
const ROW_OVERHEAD = 100;

/** The row of a fact; fails with `invalid` where it could not be given back unchanged. */
export function toRow(fact: Fact): FactRow {
  requireStorable(fact);
  return [
    fact.source,
    fact.type,
    fact.time,
    fact.recorded,
    fact.accepted,
    fact.id,
    fact.subject ?? null,
    JSON.stringify(fact.data),
    fact.attributes === undefined ? null : JSON.stringify(fact.attributes),
  ];
}

/** About how many bytes a row takes while it waits. */
export function rowBytes(row: FactRow): number {
  const [source, type, , , , id, subject, data, attributes] = row;
  const optional = (subject?.length ?? 0) + (attributes?.length ?? 0);
  return ROW_OVERHEAD + source.length + type.length + id.length + optional + data.length;
}

function parse(position: number, column: string, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same report as JSON that is no object.
  }
  throw new EventLogError('corrupt', `the fact at position ${position} has unreadable ${column}`);
}

/** The fact of a row. Fails with `corrupt`, naming the position, when the row cannot have been written by the log. */
export function fromRow(row: StoredRow, nameOf: (number: number) => string | undefined): StoredFact {
  const [position, stream, revision, source, type, time, recorded, accepted, id, subject, data, attributes] =
    row;
  const sourceName = nameOf(source);
  const typeName = nameOf(type);
  if (stream === null || sourceName === undefined || typeName === undefined) {
    throw new EventLogError('corrupt', `the fact at position ${position} lacks its stream, source or type`);
  }
  return {
    position,
    stream,
    revision,
    source: sourceName,
    id,
    type: typeName,
    ...(subject === null ? {} : { subject }),
    time,
    recorded,
    accepted,
    data: parse(position, 'data', data) as JsonObject,
    ...(attributes === null
      ? {}
      : { attributes: parse(position, 'attributes', attributes) as Record<string, AttributeValue> }),
  };
}
