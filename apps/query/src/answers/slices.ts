import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many rows are written in one go; writing them takes some milliseconds. */
export const SLICE_ROWS = 500;

/**
 * Gives a long list part by part and lets other work of the thread run between two parts. An empty list gives one
 * empty part.
 */
export async function* slices<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items.slice(0, SLICE_ROWS);
  for (let start = SLICE_ROWS; start < items.length; start += SLICE_ROWS) {
    await nextTurn();
    yield items.slice(start, start + SLICE_ROWS);
  }
}
