import { NO_STREAM } from '#event-log';
import { type Fact, type IncomingEvent, type StoredFact } from '#events';

/** What has to be known of a fact to tell whether another event is the same one. */
export interface KnownFact extends Pick<Fact, 'type' | 'time' | 'data'> {
  /** Its place in the log; undefined until it is durable, and for ever when its append failed. */
  position: number | undefined;
  recorded: number;
  /** Resolves when it is known whether the fact is durable; never rejects. */
  settled?: Promise<void>;
}

/** The idempotency key within a stream. No source and no id holds a line break. */
export function keyOf({ source, id }: Pick<IncomingEvent, 'source' | 'id'>): string {
  return `${source}\n${id}`;
}

/**
 * What is known of one stream, facts on their way into the log included. It may be wrong about the log (an append
 * can fail, another process can write): the expected revision of the next append finds out.
 */
export class StreamState {
  readonly facts = new Map<string, KnownFact>();
  revision = NO_STREAM;

  constructor(stored: readonly StoredFact[] = []) {
    for (const fact of stored) {
      const { type, time, data, position, recorded } = fact;
      this.facts.set(keyOf(fact), { type, time, data, position, recorded });
      this.revision = fact.revision;
    }
  }
}
