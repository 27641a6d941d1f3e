import { type Fact, type StoredFact } from '#events';

/** A place in the log: a safe integer that grows along the log. 0 is before the first fact; gaps are normal. */
export type LogPosition = number;

export const LOG_START: LogPosition = 0;
/** The expected revision of a stream that does not exist yet. */
export const NO_STREAM = -1;

export interface AppendRequest {
  readonly stream: string;
  /** The revision of the stream's last fact, or NO_STREAM: the append happens only on exactly this state. */
  readonly expectedRevision: number;
  /** Stored in this order, all or none. At least one. */
  readonly facts: readonly Fact[];
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly positions: readonly LogPosition[] }
  /** Nothing was stored. `actualRevision` is NO_STREAM where the stream does not exist. */
  | { readonly kind: 'wrong-expected-revision'; readonly actualRevision: number };

export interface ReadAllOptions {
  /** Only facts after this position. */
  readonly after: LogPosition;
  /** Only facts up to and with this position. */
  readonly upTo?: LogPosition;
  /** Facts a page, at most. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

export interface LogPage {
  /** In log order; may be empty while the position moves on (a log can hold more than facts). */
  readonly facts: readonly StoredFact[];
  /** Everything up to here has been given: where to resume. */
  readonly position: LogPosition;
  /** True when the end of the log, as it was when the page was read, has been reached. */
  readonly caughtUp: boolean;
}

/**
 * The log of facts: the only truth. Facts are appended to streams and never change. All adapters pass
 * `event-log.contract.ts`; no other code knows which one is behind.
 *
 * Every method rejects with an `EventLogError` when the log cannot do its work.
 */
export interface EventLog {
  /** Bytes of a fact as JSON, at most: an append of a larger one fails with `invalid`. Infinity where nothing limits it. */
  readonly maxFactBytes: number;

  /**
   * Appends to one stream. Resolves only when the facts are durable. Calls made at the same time share a commit;
   * those for one stream are carried out in the order of the calls. A call whose outcome is unknown
   * (`EventLogError` with code `outcome-unknown`) may be repeated with the identical request.
   */
  append(request: AppendRequest): Promise<AppendOutcome>;

  /** The facts of a stream in order; empty when there is no such stream. */
  readStream(stream: string): Promise<readonly StoredFact[]>;

  /** Reads from a position to the end of the log (as it is when the reading begins, or later), page by page. */
  readAll(options: ReadAllOptions): AsyncIterable<LogPage>;

  /**
   * Like readAll, but stays at the end and gives new facts as they come; ends only by the signal. Fails with `corrupt`
   * where the log ends before the position: it cannot be the log that the position was read from.
   */
  follow(options: Omit<ReadAllOptions, 'upTo'> & { readonly signal: AbortSignal }): AsyncIterable<LogPage>;

  /** The position of the last fact; LOG_START for an empty log. */
  head(): Promise<LogPosition>;

  /** Finishes what was accepted, then frees everything. */
  close(): Promise<void>;
}
