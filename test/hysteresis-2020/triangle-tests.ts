import { type Ask, MEASURES, STATE_2020, YEAR } from './demo-answers.js';

/** The run-off triangle, what is over in it, and what is on record. */
export function triangleTests(ask: Ask): void {
  it('the triangle sums only what is over', async () => {
    const { items, totals } = await ask<{ size: number; cells: Record<string, unknown>[] }>(
      `hysteresis/triangle?${YEAR}&until=2020-12-20&knownAt=2020-12-20`,
    );
    expect(items.map(({ cells }) => cells.length)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    for (const { cells } of items) {
      expect(cells.map(({ complete }) => complete)).toEqual(cells.map((_, age) => age < cells.length - 1));
    }
    expect(totals.cells.map(({ cohorts }) => cohorts)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const { totals: year } = await ask<{ size: number; cells: Record<string, unknown>[] }>(
      `hysteresis/triangle?${YEAR}&${STATE_2020}`,
    );
    expect(year.cells[0]).toEqual({
      age: 0,
      cohorts: 12,
      size: 1443,
      converted: 171,
      lost: 5,
      pending: 1267,
      recorded: false,
    });
    expect(year.cells[6]).toMatchObject({
      age: 6,
      cohorts: 6,
      size: 601,
      converted: 204,
      lost: 48,
      pending: 349,
    });
  });

  it('the triangle tells which cells may still grow by what is recorded later', async () => {
    type Cell = Record<'age' | 'converted' | 'lost', number> & { recorded: boolean };
    type Rows = { size: number; cells: Cell[] };
    const { items: then } = await ask<Rows>(`hysteresis/triangle?${YEAR}&${STATE_2020}`);
    const { items: now } = await ask<Rows>(`hysteresis/triangle?${YEAR}`);
    const cells = then.flatMap(({ cells: own }, row) =>
      own.map((cell) => ({ ...cell, later: now[row]!.cells[cell.age]! })),
    );
    const recorded = cells.filter((cell) => cell.recorded);
    expect([cells.length, cells.length - recorded.length]).toEqual([78, 23]);
    expect(recorded.filter(({ converted, later }) => later.converted !== converted)).toEqual([]);
    const grown = recorded.map(({ lost, later }) => later.lost - lost).filter((more) => more > 0);
    expect([grown.length, Math.max(...grown)]).toEqual([41, 9]);
    expect(MEASURES).toContain('Of the 78 cells 23 are not recorded');
    expect(MEASURES).toContain('but 41 of them more losses, by up to 9');
    // December as known at its end: no loss of it is on record, and 15 are today.
    const { items } = await ask<Rows>(`hysteresis/triangle?${YEAR}&knownAt=2020-12-31`);
    expect(items.at(-1)!.cells).toEqual([
      { age: 0, converted: 15, lost: 0, pending: 107, complete: true, recorded: false },
    ]);
    expect(now.at(-1)!.cells[0]).toMatchObject({ converted: 15, lost: 15, recorded: true });
  });
}
