import { type Chances, TARGETS } from './outlook.js';

/** Pending members that are forecast together: how many entered on each day. */
export type PendingByEntry = ReadonlyMap<number, number>;

/** Some sets of pending members, laid out so that the chances of a day of entry are asked for once for all of them. */
export class SetsByEntry {
  private readonly entries: readonly number[];
  private readonly sets: readonly { readonly places: Int32Array; readonly members: Float64Array }[];

  constructor(sets: readonly PendingByEntry[]) {
    const places = new Map<number, number>();
    for (const set of sets) {
      for (const entry of set.keys()) if (!places.has(entry)) places.set(entry, places.size);
    }
    this.entries = [...places.keys()];
    this.sets = sets.map((set) => ({
      places: Int32Array.from(set.keys(), (entry) => places.get(entry)!),
      members: Float64Array.from(set.values()),
    }));
  }

  /** The expected counts of each set, as many as there are targets, one set after the other. */
  sums(chancesOf: (entry: number) => Chances): Float64Array {
    const width = TARGETS.length;
    const chances = new Float64Array(this.entries.length * width);
    this.entries.forEach((entry, place) => {
      const all = chancesOf(entry);
      TARGETS.forEach((target, t) => (chances[place * width + t] = all[target]));
    });
    const sums = new Float64Array(this.sets.length * width);
    this.sets.forEach(({ places, members }, set) => {
      for (let i = 0; i < places.length; i++) {
        for (let t = 0; t < width; t++) {
          sums[set * width + t]! += members[i]! * chances[places[i]! * width + t]!;
        }
      }
    });
    return sums;
  }
}
