import { type Instant } from '#calendar';

/** Positions are those of the log. */
export interface Retraction {
  readonly position: number;
  /** Position of the fact that is taken back. */
  readonly target: number;
  readonly recorded: Instant;
}

const NOTHING: ReadonlyMap<number, Instant> = new Map();

/** The retractions that were taken in, in log order: with them columns can be read as of an earlier position. */
export class Retractions {
  private readonly list: Retraction[] = [];

  add(retraction: Retraction): void {
    this.list.push(retraction);
  }

  /**
   * For the facts that a retraction after a position takes back: from when they were taken back by those up to it,
   * Infinity where by none. Empty, at no cost, when all retractions stand at or before the position.
   */
  takenBackAsOf(position: number): ReadonlyMap<number, Instant> {
    const last = this.list.at(-1);
    if (!last || last.position <= position) return NOTHING;
    const takenBack = new Map<number, Instant>();
    for (const { position: at, target } of this.list) if (at > position) takenBack.set(target, Infinity);
    for (const { position: at, target, recorded } of this.list) {
      const known = at > position ? undefined : takenBack.get(target);
      if (known !== undefined) takenBack.set(target, Math.min(known, recorded));
    }
    return takenBack;
  }
}
