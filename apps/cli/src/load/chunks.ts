import { type SourceFact, type SourceFault, type SourcePart } from './source.js';

const CHUNK_FACTS = 2_000;
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Facts that are sent together, and the places before and between them that no fact could be made of. */
export interface Chunk {
  readonly facts: readonly SourceFact[];
  readonly faults: readonly SourceFault[];
}

/** @param endAtFault whether a fault ends its chunk, so that the facts before it are sent and none after it */
export async function* chunksOf(
  parts: AsyncIterable<SourcePart>,
  endAtFault: boolean,
): AsyncGenerator<Chunk> {
  let facts: SourceFact[] = [];
  let faults: SourceFault[] = [];
  let bytes = 0;
  for await (const part of parts) {
    if (part.kind === 'fault') faults.push(part);
    else {
      facts.push(part);
      bytes += part.json.length;
    }
    const isFull = facts.length >= CHUNK_FACTS || bytes >= CHUNK_BYTES || faults.length >= CHUNK_FACTS;
    if (!isFull && !(endAtFault && faults.length > 0)) continue;
    yield { facts, faults };
    [facts, faults, bytes] = [[], [], 0];
  }
  if (facts.length + faults.length > 0) yield { facts, faults };
}
