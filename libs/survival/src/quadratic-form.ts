/** Pivots below this share of the largest diagonal element stand for a direction that says nothing. */
const SINGULAR = 1e-10;

/**
 * vᵀ M⁻ v for a symmetric non-negative definite matrix, with its rank: the directions in which M has no extent are
 * left out. By symmetric elimination with the largest pivot first.
 */
export function quadraticForm(
  vector: readonly number[],
  matrix: readonly (readonly number[])[],
): { readonly value: number; readonly rank: number } {
  const rest = vector.slice();
  const left = matrix.map((row) => row.slice());
  const open = new Set(vector.keys());
  const largest = Math.max(0, ...left.map((row, i) => row[i]!));
  let value = 0;
  let rank = 0;
  while (open.size > 0) {
    const pivot = [...open].reduce((best, i) => (left[i]![i]! > left[best]![best]! ? i : best));
    const extent = left[pivot]![pivot]!;
    if (!(extent > largest * SINGULAR)) break;
    open.delete(pivot);
    value += rest[pivot]! ** 2 / extent;
    rank++;
    for (const i of open) {
      const share = left[i]![pivot]! / extent;
      rest[i]! -= share * rest[pivot]!;
      for (const j of open) left[i]![j]! -= share * left[pivot]![j]!;
    }
  }
  return { value, rank };
}
