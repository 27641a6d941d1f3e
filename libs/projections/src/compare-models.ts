import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Position, type ReadModel } from '#read-models';

const PAGE_ROWS = 5_000;

export interface ModelTotals {
  readonly rows: number;
  /** The sum of each integer column, by the place of the column; nulls and texts count as 0. */
  readonly sums: readonly number[];
}

/** Counts a model up to a position, so that two models of one projection can be compared. */
export async function modelTotals(model: ReadModel, upTo: Position): Promise<ModelTotals> {
  let rows = 0;
  const sums: number[] = [];
  for (let after = 0; ;) {
    const page = await model.rows({ after, upTo, limit: PAGE_ROWS });
    const last = page.at(-1);
    if (!last) return { rows, sums };
    for (const { cells } of page) {
      cells.forEach((cell, index) => {
        sums[index] = (sums[index] ?? 0) + (typeof cell === 'number' ? cell : 0);
      });
    }
    rows += page.length;
    after = last.position;
    await nextTurn();
  }
}
