import { type Catalogue } from '#catalogue';
import { STAGES } from '#events';
import { FirstInCycle } from './first-in-cycle.js';
import { type JourneyFacts } from './journey-facts.js';

/** @param stage index into STAGES */
export type EntryVisitor = (row: number, stage: number, returning: boolean) => void;

/** Finds the entries of journeys in columns: the first visible fact of each stage in each programme cycle. */
export class RowEntries {
  private readonly firsts: readonly FirstInCycle[];
  private readonly enteredBy = new Int32Array(STAGES.length).fill(-1);

  constructor(
    private readonly facts: JourneyFacts,
    catalogue: Catalogue,
  ) {
    this.firsts = STAGES.map(() => new FirstInCycle(catalogue));
  }

  /**
   * Shows the entries of one journey in the order of their facts. A journey can be asked for once.
   *
   * @param rows of the journey's visible facts in order, the first `count`
   */
  forEach(journey: number, rows: Uint32Array, count: number, visit: EntryVisitor): void {
    const { name, day } = this.facts;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      // The stages come first in the order of the types.
      const stage = name[row]!;
      if (stage >= STAGES.length || !this.firsts[stage]!.enters(journey, day[row]!)) continue;
      visit(row, stage, this.enteredBy[stage] === journey);
      this.enteredBy[stage] = journey;
    }
  }
}
