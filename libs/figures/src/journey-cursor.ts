import { type JourneyFacts } from './journey-facts.js';
import { type RowsByJourney, sortRows } from './journey-layout.js';

/**
 * Shows one journey after the other with all its facts in order, visible or not: rows[from] up to rows[to − 1]. No call
 * per journey goes back to who reads, so that a scan over all of them is one loop.
 */
export class JourneyCursor {
  rows: Uint32Array;
  from = 0;
  to = 0;
  readonly journeys: number;
  private buffer = new Uint32Array(64);

  /**
   * @param laidOut facts in order
   * @param tail newer ones, unsorted
   */
  constructor(
    private readonly facts: JourneyFacts,
    private readonly laidOut: RowsByJourney,
    private readonly tail: RowsByJourney | undefined,
  ) {
    this.rows = laidOut.rows;
    this.journeys = facts.journeys.size;
  }

  move(journey: number): void {
    const { starts, rows } = this.laidOut;
    this.rows = rows;
    // Journeys that only newer facts tell of come after those that are laid out.
    this.from = starts[journey] ?? 0;
    this.to = starts[journey + 1] ?? this.from;
    if (this.tail) this.merge(journey, this.tail);
  }

  private merge(journey: number, tail: RowsByJourney): void {
    const { from, to } = this;
    const first = tail.starts[journey]!;
    const end = tail.starts[journey + 1]!;
    if (first === end) return;
    const total = to - from + end - first;
    if (total > this.buffer.length) this.buffer = new Uint32Array(total * 2);
    this.buffer.set(this.rows.subarray(from, to));
    this.buffer.set(tail.rows.subarray(first, end), to - from);
    sortRows(this.buffer, total, (a, b) => this.facts.compare(a, b));
    this.rows = this.buffer;
    this.from = 0;
    this.to = total;
  }
}
