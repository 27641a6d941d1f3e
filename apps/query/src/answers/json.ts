import { type FigureDocument } from './figure-document.js';
import { slices } from './slices.js';

/** A list in the form in which it is sent. */
export function flat({ parameters, findings, ...rest }: FigureDocument) {
  return { ...rest, ...parameters, ...findings };
}

/** Writes a list as JSON, part by part. */
export async function* jsonOf(document: FigureDocument): AsyncGenerator<string> {
  const { items, ...rest } = flat(document);
  yield '{"items":[';
  let separator = '';
  for await (const slice of slices(items)) {
    if (slice.length === 0) continue;
    yield separator + JSON.stringify(slice).slice(1, -1);
    separator = ',';
  }
  yield `],${JSON.stringify(rest).slice(1)}`;
}
