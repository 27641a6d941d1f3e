/** Row numbers by journey: those of journey j stand in `rows` from `starts[j]` to `starts[j + 1]`. */
export interface RowsByJourney {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** Groups the rows [from, to) of a column of journey numbers by journey; within one they keep their order. */
export function byJourney(journey: Uint32Array, journeys: number, from: number, to: number): RowsByJourney {
  const starts = new Uint32Array(journeys + 1);
  for (let row = from; row < to; row++) starts[journey[row]! + 1]!++;
  for (let j = 0; j < journeys; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice();
  const rows = new Uint32Array(to - from);
  for (let row = from; row < to; row++) rows[next[journey[row]!]!++] = row;
  return { starts, rows };
}

/** Sorts the first `length` row numbers of a buffer in place; journeys are short, so mostly by insertion. */
export function sortRows(rows: Uint32Array, length: number, compare: (a: number, b: number) => number): void {
  if (length > 48) {
    rows.subarray(0, length).sort(compare);
    return;
  }
  for (let i = 1; i < length; i++) {
    const row = rows[i]!;
    let at = i;
    while (at > 0 && compare(rows[at - 1]!, row) > 0) {
      rows[at] = rows[at - 1]!;
      at--;
    }
    rows[at] = row;
  }
}
