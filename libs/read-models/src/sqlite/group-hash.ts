const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * A group as a 32-bit integer (FNV-1a over UTF-16 code units). Integers keep the index small; groups that share a
 * number are told apart by their text.
 */
export function groupHash(group: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < group.length; index += 1) {
    hash = Math.imul(hash ^ group.charCodeAt(index), FNV_PRIME);
  }
  return hash | 0;
}
