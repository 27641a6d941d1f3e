/**
 * The same with every number replaced by what is equal when it is close enough. Counts are compared exactly by it, since
 * two of them are never that close; the square root of what rounding leaves of a variance is not.
 */
export function closely(expected: unknown, digits = 7): unknown {
  if (typeof expected === 'number') return expect.closeTo(expected, digits);
  if (Array.isArray(expected)) return expected.map((one) => closely(one, digits));
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, closely(value, digits)]));
}
