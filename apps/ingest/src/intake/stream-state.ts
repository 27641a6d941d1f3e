import { NO_STREAM } from '#event-log';
import { type JsonObject, type StoredFact } from '#events';
import { FactIndex } from './fact-index.js';
import { type WaitingAppend } from './stream-writer.js';

/** What has to be known of a fact to tell whether another event is the same one. */
export interface KnownFact {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly time: number;
  /** Given up when the fact is durable, since few events are sent twice: then the log has it. */
  data: JsonObject | undefined;
  /** Its place in the log; undefined until it is durable, and for ever when its append failed. */
  position: number | undefined;
  recorded: number;
  /** The append that takes it into the log, until that has ended. */
  underWay: WaitingAppend | undefined;
}

/** All facts of one stream up to a revision, and those on their way after it. */
export class StreamState {
  readonly facts = new FactIndex();
  /** Of the last durable fact. */
  revision = NO_STREAM;
  /** An append is under way. */
  isBusy = false;
  /** What is appended when that one is durable. */
  next: WaitingAppend | undefined;
  /** An append failed: the stream is not as it is here. */
  isWrong = false;
  /** When it was last used, by the clock of the cache. */
  touched = 0;

  constructor(stored: readonly StoredFact[] = []) {
    for (const fact of stored) {
      const { source, id, type, time, data, position, recorded } = fact;
      this.facts.add({ source, id, type, time, data, position, recorded, underWay: undefined });
      this.revision = fact.revision;
    }
  }
}
