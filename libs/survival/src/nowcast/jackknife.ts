import { type NowcastSample, type Part, WHOLE } from './sample.js';

/** More parts than this cost time and tell little more. */
const MOST_PARTS = 20;

/** The parts of a sample that lack one block of cohorts each; the cohorts are dealt out to the blocks in turn. */
export function withoutEachBlock({ cohort }: NowcastSample): Part[] {
  const cohorts = [...new Set(cohort)].sort((a, b) => a - b);
  const blocks = Math.min(MOST_PARTS, cohorts.length);
  const blockOf = new Map(cohorts.map((one, index) => [one, index % blocks]));
  return Array.from({ length: blocks }, (_, left) => (one: number) => blockOf.get(one) !== left);
}

/**
 * Variances of estimates that come out of a sample, by leaving out a block of cohorts at a time (delete-a-group
 * jackknife, Kott 2001): (b − 1)/b · Σ (estimate without a block − their mean)². So how far cohorts differ from each
 * other is in it, whatever the reason.
 *
 * @param estimates gives all estimates from a part of the sample
 */
export function jackknife(
  sample: NowcastSample,
  estimates: (part: Part) => Float64Array,
): { readonly values: Float64Array; readonly variances: Float64Array } {
  const values = estimates(WHOLE);
  const parts = withoutEachBlock(sample);
  const replicates = parts.map(estimates);
  const variances = values.map((_, index) => {
    const mean = replicates.reduce((sum, one) => sum + one[index]!, 0) / parts.length;
    const squares = replicates.reduce((sum, one) => sum + (one[index]! - mean) ** 2, 0);
    return (squares * (parts.length - 1)) / parts.length;
  });
  return { values, variances };
}
