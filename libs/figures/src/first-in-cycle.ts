import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';

/** Notices the first fact of a stage in each programme cycle of a journey. */
export class FirstInCycle {
  private readonly seenFor: Int32Array;

  constructor(private readonly catalogue: Catalogue) {
    this.seenFor = new Int32Array(catalogue.cycles.length).fill(-1);
  }

  /** True for the first call with this journey and the cycle that holds the day; false in no cycle. */
  enters(journey: number, day: Day): boolean {
    const cycle = this.catalogue.cycles.findIndex(
      ({ from, to }) => from <= day && (to === undefined || day < to),
    );
    if (cycle < 0 || this.seenFor[cycle] === journey) return false;
    this.seenFor[cycle] = journey;
    return true;
  }
}
