import { type Instant } from '#calendar';
import { type FactData, type FactName } from './fact-data.js';

export type AttributeValue = string | number | boolean;
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/**
 * One thing that happened, as it was accepted: the content of a CloudEvent plus the two times of the system.
 * It never changes again, and both logs give it back exactly so.
 */
export interface Fact {
  /** Who sent it, as a URI reference. With `id` it tells the facts of one subject apart. */
  readonly source: string;
  readonly id: string;
  /** Full CloudEvents type, with its version: `it.mip.attended.v1`. */
  readonly type: string;
  /** Pseudonym of the journey or the meeting that it is about. */
  readonly subject?: string;
  /** Occurred: the instant at which it took place. */
  readonly time: Instant;
  /** Recorded: the instant from which its source knew of it. */
  readonly recorded: Instant;
  /** When it was accepted, by the clock of the server. */
  readonly accepted: Instant;
  /** The payload, in the form in which it came. */
  readonly data: JsonObject;
  /** `datacontenttype`, `dataschema` and extension attributes, where there are any. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** A fact in the log. */
export interface StoredFact extends Fact {
  /** Its place in the whole log: a safe integer that grows along the log; not dense. */
  readonly position: number;
  readonly stream: string;
  /** Its place in its stream, from 0, dense. */
  readonly revision: number;
}

/** A stored fact that was checked after reading and whose `data` has the form of its type's newest version. */
export type KnownFact<N extends FactName = FactName> = {
  [K in N]: Omit<StoredFact, 'data'> & { readonly name: K; readonly data: FactData[K] };
}[N];
