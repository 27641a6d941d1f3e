const HIGH_BITS = 2 ** 21;
const LOW_SIZE = 2 ** 32;

/**
 * A number of 53 bits for a source and id: two different pairs hardly ever have the same one, and where they seem to be
 * the same has to be checked by the pairs themselves.
 */
export function identityHash(source: string, id: string): number {
  let low = 0x811c9dc5;
  let high = 0x2f0b4c47;
  for (const text of [source, '\n', id]) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
    }
  }
  return (((high ^ (high >>> 13)) >>> 0) % HIGH_BITS) * LOW_SIZE + ((low ^ (low >>> 16)) >>> 0);
}

/** The values that stand more than once among the first `length`. */
export function repeatedValues(column: Float64Array, length: number): ReadonlySet<number> {
  const sorted = column.slice(0, length).sort();
  const repeated = new Set<number>();
  for (let at = 1; at < length; at++) if (sorted[at] === sorted[at - 1]) repeated.add(sorted[at]!);
  return repeated;
}
