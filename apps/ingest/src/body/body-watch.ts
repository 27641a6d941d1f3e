import { ProblemError } from '#http';
import { type IngestLimits } from '../ingest-limits.js';
import { stalled } from './body-parts.js';

/** Ends the wait for a body that stands still or takes too long. */
export class BodyWatch {
  private readonly since = Date.now();
  private lastCame = this.since;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly limits: Pick<IngestLimits, 'stallMs' | 'longestBodyMs'>,
    private readonly refuse: (error: ProblemError) => void,
  ) {
    this.timer = setTimeout(() => this.look(), limits.stallMs);
  }

  cameSomething(): void {
    this.lastCame = Date.now();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private look(): void {
    const { stallMs, longestBodyMs } = this.limits;
    const now = Date.now();
    if (now - this.lastCame >= stallMs) return this.refuse(stalled(stallMs));
    if (now - this.since >= longestBodyMs) {
      return this.refuse(
        new ProblemError('timeout', `The body took more than ${longestBodyMs / 1000} seconds.`),
      );
    }
    const next = Math.min(this.lastCame + stallMs, this.since + longestBodyMs);
    this.timer = setTimeout(() => this.look(), Math.max(1, next - now));
  }
}
