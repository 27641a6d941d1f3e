import { ProblemError } from '#http';
import { INGEST_LIMITS, type IngestLimits } from './ingest-limits.js';

/** Keeps the memory that requests with one event or a batch take while they wait within bounds: those that find no room are told to come back. */
export class WaitingRoom {
  private requests = 0;
  private bytes = 0;

  constructor(private readonly limits: Pick<IngestLimits, 'mostRequests' | 'mostBytes'> = INGEST_LIMITS) {}

  /** @throws ProblemError `overloaded` */
  enter(): Visit {
    if (this.requests >= this.limits.mostRequests) throw this.full();
    this.requests += 1;
    return new Visit(this);
  }

  /** For visits only. */
  reserve(bytes: number): void {
    if (this.bytes + bytes > this.limits.mostBytes) throw this.full();
    this.bytes += bytes;
  }

  /** For visits only. */
  release(bytes: number): void {
    this.requests -= 1;
    this.bytes -= bytes;
  }

  private full(): ProblemError {
    return new ProblemError(
      'overloaded',
      `${this.requests} requests with ${this.bytes} bytes are waiting already; send it again later.`,
    );
  }
}

/** One request's place in the waiting room. */
export class Visit {
  private bytes = 0;
  private left = false;

  constructor(private readonly room: WaitingRoom) {}

  /** @throws ProblemError `overloaded` when there is no room for so many bytes more */
  take(bytes: number): void {
    this.room.reserve(bytes);
    this.bytes += bytes;
  }

  leave(): void {
    if (this.left) return;
    this.left = true;
    this.room.release(this.bytes);
  }
}
