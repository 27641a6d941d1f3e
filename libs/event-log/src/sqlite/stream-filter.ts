import { streamHash } from './stream-table.js';

const BITS_A_STREAM = 16;
const FEWEST_BITS = 2 ** 22;
const MOST_BITS = 2 ** 31;
const PROBES = 3;

/**
 * Tells streams that are not in the log without asking it: a Bloom filter (Burton H. Bloom, 1970) over the hashes of
 * the names. It may take a stream for known that is not, one in some hundred, and never the other way round.
 */
export class StreamFilter {
  private readonly bits: Uint32Array;
  private readonly mask: number;

  /** @param streams how many there are; with some times as many it still does well */
  constructor(streams: number) {
    let size = FEWEST_BITS;
    while (size < MOST_BITS && size < streams * BITS_A_STREAM) size *= 2;
    this.bits = new Uint32Array(size / 32);
    this.mask = size - 1;
  }

  /** @param hash by `streamHash` */
  addHash(hash: number): void {
    let place = hash;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = place & this.mask;
      this.bits[bit >>> 5]! |= 1 << (bit & 31);
      place = scattered(place);
    }
  }

  add(name: string): void {
    this.addHash(streamHash(name));
  }

  /** False only of a stream that was never added. */
  mayHave(name: string): boolean {
    let place = streamHash(name);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = place & this.mask;
      if ((this.bits[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
      place = scattered(place);
    }
    return true;
  }
}

/** Another place for the same hash: the finalizer of MurmurHash3 (public domain, Austin Appleby). */
function scattered(place: number): number {
  let mixed = place ^ 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
