import { need } from './plan.error.js';

/**
 * A seeded source of chance: mulberry32, one 32-bit state and integer steps alone.
 *
 * `Math.random` cannot be seeded, and logarithms or powers may differ in their last digit between engines; integer
 * steps cannot. So the same seed gives the same history on every run and every version of Node. Nothing here needs
 * to be unguessable.
 */
export class Rng {
  private state: number;

  constructor(private readonly seed: string) {
    this.state = fnv1a(seed);
  }

  /** A source of its own for one part of the plan, so that a change in one part leaves the others as they were. */
  part(name: string): Rng {
    return new Rng(`${this.seed}/${name}`);
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return need(items[this.between(0, items.length - 1)], 'something to pick from');
  }

  /** An index, each with a probability in proportion to its weight; undefined when all weights are 0. */
  weighted(weights: readonly number[]): number | undefined {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum <= 0) return undefined;
    let left = this.next() * sum;
    const index = weights.findIndex((weight) => (left -= weight) < 0);
    return index >= 0 ? index : weights.findLastIndex((weight) => weight > 0);
  }

  /** The items in a random order, as a new array. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.between(0, index);
      [result[index], result[other]] = [result[other] as T, result[index] as T];
    }
    return result;
  }
}

/** The 32-bit FNV-1a hash of a text. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
