import { chiSquareTail } from './chi-square.js';
import { quadraticForm } from './quadratic-form.js';

/** A test of the hypothesis that all groups are alike. */
export interface GroupTest {
  /** Chi-square distributed, for large groups, where the hypothesis holds. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** The chi-square test of scores with their covariance; null where they have none and so tell nothing. */
export function testOf(
  scores: readonly number[],
  covariance: readonly (readonly number[])[],
): GroupTest | null {
  const { value, rank } = quadraticForm(scores, covariance);
  if (rank === 0) return null;
  return { statistic: value, degreesOfFreedom: rank, pValue: chiSquareTail(value, rank) };
}

export const squareOfZeros = (size: number): number[][] =>
  Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
