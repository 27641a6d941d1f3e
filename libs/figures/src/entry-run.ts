import { GROUP_KEYS } from '#measures';
import { countUpTo, grown, reorder } from './typed-columns.js';

/** Every so many steps a run keeps the counts up to there. */
export const CHECKPOINT_STEPS = 256;
const FIRST_CAPACITY = 32;

/** Where the counts of each dimension's values stand in a checkpoint; a pair (entries, returning ones) a value. */
export interface CountLayout {
  readonly widths: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
}

interface Checkpoint {
  readonly layout: CountLayout;
  readonly counts: Int32Array;
}

/** One entry step, its dimensions as codes. */
export interface CodedStep {
  recorded: number;
  time: number;
  /** Day of the month, from 0. */
  day: number;
  delta: number;
  returning: number;
  readonly codes: number[];
}

export function countLayout(widths: readonly number[]): CountLayout {
  const offsets: number[] = [];
  // The first pair is the count of everything.
  let size = 2;
  for (const width of widths) {
    offsets.push(size);
    size += 2 * width;
  }
  return { widths, offsets, size };
}

/**
 * The entry steps of one stage in one month, sorted by recorded time, with running counts by every single dimension.
 * Steps mostly arrive in recorded order and are appended; the others are put in their place by `settle`.
 */
export class EntryRun {
  recorded = new Float64Array(FIRST_CAPACITY);
  time = new Float64Array(FIRST_CAPACITY);
  day = new Uint8Array(FIRST_CAPACITY);
  delta = new Int8Array(FIRST_CAPACITY);
  /** The delta of returning entries; 0 for the others. */
  returning = new Int8Array(FIRST_CAPACITY);
  readonly codes = GROUP_KEYS.map(() => new Uint16Array(FIRST_CAPACITY));
  length = 0;
  private sorted = 0;
  private readonly checkpoints: Checkpoint[] = [];
  /** The counts of all steps, for the many runs whose steps were all recorded by then. */
  private all: (Checkpoint & { readonly steps: number }) | undefined;

  append(step: CodedStep): void {
    const row = this.length;
    if (row === this.recorded.length) this.grow();
    if (this.sorted === row && (row === 0 || this.recorded[row - 1]! <= step.recorded)) this.sorted = row + 1;
    this.recorded[row] = step.recorded;
    this.time[row] = step.time;
    this.day[row] = step.day;
    this.delta[row] = step.delta;
    this.returning[row] = step.returning === 1 ? step.delta : 0;
    for (let d = 0; d < this.codes.length; d++) this.codes[d]![row] = step.codes[d]!;
    this.length = row + 1;
  }

  /** Puts steps that came out of order in their place and brings the running counts up to date. */
  settle(layout: CountLayout): void {
    if (this.sorted < this.length) this.sort();
    while ((this.checkpoints.length + 1) * CHECKPOINT_STEPS <= this.length) {
      const end = (this.checkpoints.length + 1) * CHECKPOINT_STEPS;
      this.checkpoints.push(this.countsTo(end, layout));
    }
    if (this.all?.steps !== this.length)
      this.all = { ...this.countsTo(this.length, layout), steps: this.length };
  }

  /** How many steps were recorded by then. */
  stepsUpTo(knownAt: number): number {
    return countUpTo(this.recorded, this.length, knownAt);
  }

  /** Adds to `pair` the entries, and the returning ones, that the first `steps` steps leave. */
  addTotal(steps: number, pair: Int32Array): void {
    const { checkpoint, from } = this.nearest(steps);
    pair[0]! += checkpoint?.counts[0] ?? 0;
    pair[1]! += checkpoint?.counts[1] ?? 0;
    for (let row = from; row < steps; row++) {
      pair[0]! += this.delta[row]!;
      pair[1]! += this.returning[row]!;
    }
  }

  /** The same by the values of one dimension: `pairs` has a pair for every code. */
  addByValue(steps: number, dimension: number, pairs: Int32Array): void {
    const { checkpoint, from } = this.nearest(steps);
    if (checkpoint) {
      const offset = checkpoint.layout.offsets[dimension]!;
      const size = 2 * checkpoint.layout.widths[dimension]!;
      for (let i = 0; i < size; i++) pairs[i]! += checkpoint.counts[offset + i]!;
    }
    const codes = this.codes[dimension]!;
    for (let row = from; row < steps; row++) {
      const pair = 2 * codes[row]!;
      pairs[pair]! += this.delta[row]!;
      pairs[pair + 1]! += this.returning[row]!;
    }
  }

  /** The counts that are known closest before a step, and the step from which on they have to be completed. */
  private nearest(steps: number): { readonly checkpoint: Checkpoint | undefined; readonly from: number } {
    if (steps === this.all?.steps) return { checkpoint: this.all, from: steps };
    const from = steps - (steps % CHECKPOINT_STEPS);
    return { checkpoint: this.checkpoints[from / CHECKPOINT_STEPS - 1], from };
  }

  private grow(): void {
    const capacity = Math.ceil(this.length * 1.5);
    this.recorded = grown(this.recorded, capacity);
    this.time = grown(this.time, capacity);
    this.day = grown(this.day, capacity);
    this.delta = grown(this.delta, capacity);
    this.returning = grown(this.returning, capacity);
    for (let d = 0; d < this.codes.length; d++) this.codes[d] = grown(this.codes[d]!, capacity);
  }

  private sort(): void {
    let earliest = Infinity;
    for (let row = this.sorted; row < this.length; row++) earliest = Math.min(earliest, this.recorded[row]!);
    // Steps recorded before the earliest newcomer stay where they are, and so do their running counts.
    const from = countUpTo(this.recorded, this.sorted, earliest);
    const recorded = this.recorded;
    const order = Uint32Array.from({ length: this.length - from }, (_, i) => from + i);
    order.sort((a, b) => recorded[a]! - recorded[b]! || a - b);
    for (const column of [this.recorded, this.time, this.day, this.delta, this.returning, ...this.codes]) {
      reorder(column, from, order);
    }
    this.checkpoints.length = Math.min(this.checkpoints.length, Math.floor(from / CHECKPOINT_STEPS));
    this.sorted = this.length;
    this.all = undefined;
  }

  /** Counts of the first `end` steps; what the last checkpoint at or before them holds is not counted again. */
  private countsTo(end: number, layout: CountLayout): Checkpoint {
    const counts = new Int32Array(layout.size);
    const before = this.checkpoints.at(-1);
    if (before) {
      counts[0] = before.counts[0]!;
      counts[1] = before.counts[1]!;
      before.layout.offsets.forEach((offset, d) => {
        counts.set(before.counts.subarray(offset, offset + 2 * before.layout.widths[d]!), layout.offsets[d]);
      });
    }
    for (let row = this.checkpoints.length * CHECKPOINT_STEPS; row < end; row++) {
      const delta = this.delta[row]!;
      const returning = this.returning[row]!;
      counts[0]! += delta;
      counts[1]! += returning;
      for (let d = 0; d < this.codes.length; d++) {
        const pair = layout.offsets[d]! + 2 * this.codes[d]![row]!;
        counts[pair]! += delta;
        counts[pair + 1]! += returning;
      }
    }
    return { layout, counts };
  }
}
