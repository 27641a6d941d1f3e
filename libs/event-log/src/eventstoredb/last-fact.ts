import { type LogPosition, LOG_START } from '../event-log.port.js';
import { CutShortError } from './client-failure.js';

export interface SeenEvent {
  readonly position: LogPosition;
  readonly isFact: boolean;
}

/**
 * What is known of where the last fact stands. Behind it may be any number of events of others: what was looked through
 * once is not looked through again.
 */
export class LastFact {
  /** Of the last fact seen so far. */
  position: LogPosition = LOG_START;
  /** After the last fact, up to and with here, there is none. */
  private quietTo: LogPosition = LOG_START;
  /** A stretch without facts, further on, of a search that was broken off. */
  private gap: { readonly from: LogPosition; readonly to: LogPosition } | undefined;

  /**
   * Learns from the next events on the way back from the last event of all.
   *
   * @returns where to go on; undefined when the last fact is known
   * @throws CutShortError when the way ends before a fact that was seen earlier
   */
  learn(seen: readonly SeenEvent[], top: LogPosition): LogPosition | undefined {
    for (const { position, isFact } of seen) {
      if (isFact) return this.found(position, top);
      if (position <= this.quietTo) return this.found(this.position, top);
      if (this.gap && position <= this.gap.to && position > this.gap.from) return this.gap.from;
    }
    const last = seen.at(-1)?.position;
    if (last !== undefined) return last;
    if (this.position > LOG_START) throw new CutShortError('the node gives no events');
    return this.found(LOG_START, top);
  }

  /** Keeps that there is no fact between two places, for the next search. */
  breakOff(from: LogPosition, top: LogPosition): void {
    if (!this.gap || from <= this.gap.from) this.gap = { from, to: top };
  }

  private found(position: LogPosition, top: LogPosition): undefined {
    // Another search, begun later, may have found one further on.
    if (position < this.position) return;
    this.position = position;
    this.quietTo = Math.max(this.quietTo, top);
    this.gap = undefined;
  }
}
