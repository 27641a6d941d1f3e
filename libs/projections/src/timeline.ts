import { type Instant } from '#calendar';

/** A value over the recorded time: each holds from its instant on until the next one; before the first: undefined. */
export type Timeline<T> = readonly TimelinePart<T>[];

export interface TimelinePart<T> {
  readonly from: Instant;
  readonly value: T | undefined;
}

/** A value that is there in [from, to) of the recorded time. */
export interface Span<T> {
  readonly value: T;
  readonly from: Instant;
  /** Infinity when it stays. */
  readonly to: Instant;
}

/**
 * The first, by `compare`, of the values that are there, as the recorded time moves.
 *
 * Sweeps once over the spans in the order in which they begin; those that wait behind the first are kept sorted, the
 * best last.
 */
export function firstOver<T>(spans: readonly Span<T>[], compare: (a: T, b: T) => number): Timeline<T> {
  const arriving = spans.length > 1 ? spans.toSorted((a, b) => a.from - b.from) : spans;
  const waiting: Span<T>[] = [];
  const timeline: TimelinePart<T>[] = [];
  for (let next = 0; ;) {
    const now = Math.min(arriving[next]?.from ?? Infinity, waiting.at(-1)?.to ?? Infinity);
    if (now === Infinity) return timeline;
    for (; arriving[next]?.from === now; next += 1) insert(waiting, arriving[next]!, compare);
    while (waiting.length > 0 && waiting.at(-1)!.to <= now) waiting.pop();
    append(timeline, now, waiting.at(-1)?.value);
  }
}

function insert<T>(waiting: Span<T>[], span: Span<T>, compare: (a: T, b: T) => number): void {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(waiting[middle]!.value, span.value) > 0) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, span);
}

/** Two timelines as one; `join` gets the values of both at every instant at which one of them changes. */
export function joined<A, B, C>(
  one: Timeline<A>,
  other: Timeline<B>,
  join: (a: A | undefined, b: B | undefined) => C | undefined,
): Timeline<C> {
  const timeline: TimelinePart<C>[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    const now = Math.min(one[i]?.from ?? Infinity, other[j]?.from ?? Infinity);
    if (one[i]?.from === now) i += 1;
    if (other[j]?.from === now) j += 1;
    append(timeline, now, join(one[i - 1]?.value, other[j - 1]?.value));
  }
  return timeline;
}

function append<T>(timeline: TimelinePart<T>[], from: Instant, value: T | undefined): void {
  if (timeline.at(-1)?.value !== value) timeline.push({ from, value });
}
