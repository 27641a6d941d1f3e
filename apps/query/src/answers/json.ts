import { type FigureDocument } from './figure-document.js';
import { slices } from './slices.js';

/** Writes a list as JSON, part by part. */
export async function* jsonOf(document: FigureDocument): AsyncGenerator<string> {
  yield '{"items":';
  if (document.itemsJson === undefined) yield* arrayOf(document.items);
  else yield document.itemsJson;
  yield afterItems(document);
}

/** The same in one piece; undefined where writing the items would take long. */
export function jsonAtOnce(document: FigureDocument, mostRows: number): string | undefined {
  const { itemsJson } = document;
  if (itemsJson === undefined && document.items.length > mostRows) return undefined;
  const items = itemsJson ?? JSON.stringify(document.items);
  return `{"items":${items}${afterItems(document)}`;
}

function afterItems(document: FigureDocument): string {
  const { position, catalogue, parameters, findings } = document;
  const totals = document.totalsJson ?? JSON.stringify(document.totals);
  const rest = JSON.stringify({ position, catalogue, ...parameters, ...findings });
  return `,"totals":${totals},${rest.slice(1)}`;
}

async function* arrayOf(items: FigureDocument['items']): AsyncGenerator<string> {
  yield '[';
  let separator = '';
  for await (const slice of slices(items)) {
    if (slice.length === 0) continue;
    yield separator + JSON.stringify(slice).slice(1, -1);
    separator = ',';
  }
  yield ']';
}
