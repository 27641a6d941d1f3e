import { type StoredFact } from '#events';
import { StreamCache } from './stream-cache.js';

const fact = (stream: string, revision: number): StoredFact => ({
  source: '/s',
  id: `${revision}`,
  type: 'it.mip.attended.v1',
  time: 0,
  recorded: 0,
  accepted: 0,
  data: {},
  position: revision + 1,
  stream,
  revision,
});

/** Streams whose name is how many facts they hold. */
function countedStreams() {
  const read: string[] = [];
  return {
    read,
    readStream: (stream: string) => {
      read.push(stream);
      return Promise.resolve(
        Array.from({ length: parseInt(stream) }, (_, revision) => fact(stream, revision)),
      );
    },
  };
}

describe('the cache of streams', () => {
  it('forgets those that were not used for longest when there are too many facts', async () => {
    const cache = new StreamCache(countedStreams(), 10);
    for (const stream of ['3a', '3b']) await cache.load(stream);
    cache.get('3a');
    await cache.load('3c');
    expect(['3a', '3b', '3c'].map((stream) => cache.get(stream)?.facts.size)).toEqual([3, undefined, 3]);
  });

  it('counts what is added, and streams without facts', async () => {
    const cache = new StreamCache(countedStreams(), 10);
    const state = await cache.load('0a');
    await cache.load('0b');
    cache.grew('0a', state, 9);
    expect(cache.get('0a')).toBeUndefined();
    expect(cache.get('0b')).toBeDefined();
  });

  it('keeps one stream however large', async () => {
    const cache = new StreamCache(countedStreams(), 10);
    await cache.load('99a');
    expect(cache.get('99a')?.revision).toBe(98);
  });

  it('reads a stream once for all that ask at the same time', async () => {
    const streams = countedStreams();
    const cache = new StreamCache(streams, 10);
    const [one, other] = await Promise.all([cache.load('1a'), cache.load('1a')]);
    expect(one).toBe(other);
    expect(streams.read).toEqual(['1a']);
  });

  it('drops only what was found to be wrong', async () => {
    const cache = new StreamCache(countedStreams(), 10);
    const old = await cache.load('1a');
    cache.forget('1a', old);
    const current = await cache.load('1a');
    cache.forget('1a', old);
    expect(cache.get('1a')).toBe(current);
  });
});
