/** How long one request keeps the thread that answers all of them, before it lets others have their turn. */
const LONGEST_MS = 4;
/** Looking at the clock for every line would take longer than some lines do. */
const WORK_PER_LOOK = 16 * 1024;
/** What a piece of work costs besides its bytes, in bytes. */
const COST_OF_PIECE = 256;

/** Divides the long work of one request, so that others need not wait for all of it. */
export class Turns {
  private since = performance.now();
  private work = 0;

  /** To be told of each piece of work, and of small ones how small; true when it is time to `giveWay`. */
  isOver(bytes = WORK_PER_LOOK): boolean {
    this.work += bytes + COST_OF_PIECE;
    if (this.work < WORK_PER_LOOK) return false;
    this.work = 0;
    return performance.now() - this.since > LONGEST_MS;
  }

  /** Resolves when the others that were waiting have had their turn. */
  async giveWay(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}
