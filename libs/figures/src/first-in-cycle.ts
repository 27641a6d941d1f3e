import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';

/** Notices the first fact of a stage in each programme cycle of a journey. */
export class FirstInCycle {
  private readonly seenFor: Int32Array;
  private readonly from: Float64Array;
  private readonly to: Float64Array;

  constructor({ cycles }: Pick<Catalogue, 'cycles'>) {
    this.seenFor = new Int32Array(cycles.length).fill(-1);
    this.from = Float64Array.from(cycles, ({ from }) => from);
    this.to = Float64Array.from(cycles, ({ to }) => to ?? Infinity);
  }

  /** True for the first call with this journey and the cycle that holds the day; false in no cycle. */
  enters(journey: number, day: Day): boolean {
    for (let cycle = 0; cycle < this.seenFor.length; cycle++) {
      if (day < this.from[cycle]! || day >= this.to[cycle]!) continue;
      if (this.seenFor[cycle] === journey) return false;
      this.seenFor[cycle] = journey;
      return true;
    }
    return false;
  }
}
