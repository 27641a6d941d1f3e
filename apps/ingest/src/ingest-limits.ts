/** How much ingest takes on at a time. */
export interface IngestLimits {
  /** Requests with one event or a batch that are being read or wait to be stored. */
  readonly mostRequests: number;
  /** Bytes of their bodies. Parsed, a body takes several times its bytes. */
  readonly mostBytes: number;
  /** Streams of lines. They have a budget of their own, so that they never shut out single events and batches. */
  readonly mostStreams: number;
  /** Bytes of lines that all streams together keep waiting to be stored. */
  readonly mostStreamBytes: number;
  /** How long a body may stand still before its request is ended. */
  readonly stallMs: number;
  /** How long the body of one event or a batch may take in all: it takes up room meanwhile. */
  readonly longestBodyMs: number;
  /** How long storing what a body holds may take, of lines each portion, until the sender is told that it is not known. */
  readonly answerMs: number;
}

export const INGEST_LIMITS: IngestLimits = {
  mostRequests: 5_000,
  mostBytes: 32 * 1024 * 1024,
  mostStreams: 32,
  mostStreamBytes: 16 * 1024 * 1024,
  stallMs: 30_000,
  longestBodyMs: 300_000,
  answerMs: 15_000,
};
