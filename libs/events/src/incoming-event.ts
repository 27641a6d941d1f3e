import { type Instant } from '#calendar';
import { type AttributeValue, type JsonObject } from './fact.js';
import { type FactName } from './fact-data.js';

/** A CloudEvent that was checked: what its sender said, before the system adds its own times. */
export interface IncomingEvent {
  readonly name: FactName;
  /** Full CloudEvents type. */
  readonly type: string;
  readonly source: string;
  readonly id: string;
  readonly subject?: string;
  readonly time: Instant;
  /** Only from an import: the instant from which its source knew of it. */
  readonly recordedTime?: Instant;
  readonly data: JsonObject;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** One thing that is wrong with an event. */
export interface EventError {
  /** RFC 6901 pointer into the event; for what is missing, where it should be. Absent when the whole event is meant. */
  readonly pointer?: string;
  readonly detail: string;
}

/** Unknown names in one object that are told each by itself, at most; of more only their number is told. */
export const MOST_TOLD_NAMES = 1_000;

/** The pointer to a property of the place that a pointer names. */
export function pointerTo(base: string, property: string): string {
  return `${base}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A value as messages quote it: short, on one line. */
export function quoted(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value !== 'string') return String(value);
  return value.length > 80 ? `${JSON.stringify(value.slice(0, 80))}…` : JSON.stringify(value);
}
