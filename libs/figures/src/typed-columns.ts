type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | Int8Array;

/** The same column with room for more; what it held is kept. */
export function grown<C extends Column>(column: C, capacity: number): C {
  const next = new (column.constructor as new (length: number) => C)(capacity);
  next.set(column);
  return next;
}

/** The column with its rows from `from` on put into another order: row `from + i` becomes what `order[i]` was. */
export function reorder<C extends Column>(column: C, from: number, order: Uint32Array): C {
  const moved = column.slice(from, from + order.length);
  for (let i = 0; i < order.length; i++) moved[i] = column[order[i]!]!;
  column.set(moved, from);
  return column;
}

/** How many of the first `length` values of an ascending column are ≤ `limit`. */
export function countUpTo(column: Float64Array, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
