import { type FigureDocument } from './figure-document.js';
import { slices } from './slices.js';

/** Writes a list as JSON, part by part. */
export async function* jsonOf(document: FigureDocument): AsyncGenerator<string> {
  yield '{"items":';
  if (document.itemsJson === undefined) yield* arrayOf(document.items);
  else yield document.itemsJson;
  yield `,${JSON.stringify(aroundItems(document)).slice(1)}`;
}

/** The same in one piece; undefined where writing the items would take long. */
export function jsonAtOnce(document: FigureDocument, mostRows: number): string | undefined {
  const { itemsJson } = document;
  if (itemsJson === undefined && document.items.length > mostRows) return undefined;
  const items = itemsJson ?? JSON.stringify(document.items);
  return `{"items":${items},${JSON.stringify(aroundItems(document)).slice(1)}`;
}

function aroundItems({ totals, position, catalogue, parameters, findings }: FigureDocument) {
  return { totals, position, catalogue, ...parameters, ...findings };
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
