export interface EventStoreDbOptions {
  /** A log opened for reading refuses to append. */
  readonly mode: 'write' | 'read';
  /** Milliseconds without a sign of life after which a call counts as lost: its outcome is unknown. */
  readonly callLimitMs?: number;
  /** Milliseconds for which a call is repeated while the node is away, restarting or silent. */
  readonly patienceMs?: number;
  /** Appends under way at a time, at most, each of one stream; others wait for their turn. */
  readonly maxInFlight?: number;
  /** Facts accepted but not yet stored, at most; more are turned away as `overloaded`. */
  readonly maxWaitingFacts?: number;
  /** Bytes accepted but not yet stored, at most. */
  readonly maxWaitingBytes?: number;
  /** Bytes in one call, at most: a node refuses more than its MaxAppendSize (1 MiB unless it is set up otherwise). */
  readonly maxAppendBytes?: number;
  /** Milliseconds that a follower hears nothing before it asks whether there is something. */
  readonly silenceMs?: number;
}

export type EventStoreDbSettings = Required<Omit<EventStoreDbOptions, 'mode'>>;

const DEFAULTS: EventStoreDbSettings = {
  callLimitMs: 4_000,
  patienceMs: 10_000,
  maxInFlight: 256,
  maxWaitingFacts: 20_000,
  maxWaitingBytes: 64 * 1024 * 1024,
  maxAppendBytes: 1_000_000,
  silenceMs: 10_000,
};

/** The options with the default in every place that is open. */
export function settingsOf({ mode: _mode, ...given }: EventStoreDbOptions): EventStoreDbSettings {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(named) };
}
