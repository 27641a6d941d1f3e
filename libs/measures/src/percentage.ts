/**
 * 100·numerator/denominator, rounded half up to two decimals; null when the denominator is 0. Computed in whole
 * numbers: 89 of 160 is 55.625 % exactly and becomes 55.63, which no binary fraction would be sure of.
 */
export function percentage(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  const half = BigInt(denominator);
  return Number((BigInt(numerator) * 20_000n + half) / (2n * half)) / 100;
}
