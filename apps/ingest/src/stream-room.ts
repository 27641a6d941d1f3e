import { ProblemError } from '#http';
import { INGEST_LIMITS, type IngestLimits } from './ingest-limits.js';

/** What one stream keeps waiting at most, also when it is the only one. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * Keeps the memory that streams of lines take within bounds: their number, and together what they keep waiting. An idle
 * stream takes a place and no more, and no place from requests that are no streams.
 */
export class StreamRoom {
  private streams = 0;

  constructor(
    private readonly limits: Pick<IngestLimits, 'mostStreams' | 'mostStreamBytes'> = INGEST_LIMITS,
  ) {}

  /**
   * To be left by `leave`.
   *
   * @throws ProblemError `overloaded` when there are too many already
   */
  enter(): void {
    if (this.streams >= this.limits.mostStreams) {
      throw new ProblemError(
        'overloaded',
        `${this.streams} streams of lines are being read already; send it again later.`,
      );
    }
    this.streams += 1;
  }

  leave(): void {
    this.streams -= 1;
  }

  /** Bytes of lines that each stream may keep waiting now, while as much again is being stored. */
  get share(): number {
    return Math.min(MOST_WAITING_BYTES, this.limits.mostStreamBytes / Math.max(1, this.streams));
  }
}
