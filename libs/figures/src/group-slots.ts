/** Above this many possible combinations a table of all of them would take more memory than the ones that occur. */
const DENSE_LIMIT = 1 << 21;

/** Gives the combinations of codes that occur small numbers, in the order in which they are first seen. */
export class GroupSlots {
  private readonly dense: Int32Array | undefined;
  private readonly sparse = new Map<number, number>();
  private readonly combined: number[] = [];
  readonly strides: readonly number[];

  constructor(private readonly widths: readonly number[]) {
    let stride = 1;
    this.strides = widths.map((width) => {
      const own = stride;
      stride *= Math.max(1, width);
      return own;
    });
    this.dense = stride <= DENSE_LIMIT ? new Int32Array(stride) : undefined;
  }

  get size(): number {
    return this.combined.length;
  }

  slot(combined: number): number {
    // Stored plus one, so that 0 stands for "not seen".
    const known = this.dense ? this.dense[combined]! : (this.sparse.get(combined) ?? 0);
    if (known > 0) return known - 1;
    const slot = this.combined.push(combined);
    if (this.dense) this.dense[combined] = slot;
    else this.sparse.set(combined, slot);
    return slot - 1;
  }

  /** The codes that a slot stands for, one a dimension. */
  codes(slot: number): number[] {
    return this.strides.map(
      (stride, i) => Math.floor(this.combined[slot]! / stride) % Math.max(1, this.widths[i]!),
    );
  }
}
