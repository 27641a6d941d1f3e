import fc from 'fast-check';
import { FactIndex } from './fact-index.js';
import { type KnownFact } from './stream-state.js';

const fact = (source: string, id: string): KnownFact => ({
  source,
  id,
  type: 'it.mip.attended.v1',
  time: 0,
  data: undefined,
  position: undefined,
  recorded: 0,
  underWay: undefined,
});

describe('the facts of a stream', () => {
  it('are found by source and id, few or many, and no others', () => {
    const keys = fc.uniqueArray(fc.tuple(fc.constantFrom('/a', '/b'), fc.nat(40).map(String)), {
      selector: ([source, id]) => `${source} ${id}`,
      maxLength: 60,
    });
    fc.assert(
      fc.property(keys, fc.nat(60), (all, there) => {
        const index = new FactIndex();
        const facts = all.map(([source, id]) => fact(source, id));
        const [known, unknown] = [facts.slice(0, there), facts.slice(there)];
        for (const one of known) index.add(one);
        expect(index.size).toBe(known.length);
        for (const one of known) expect(index.find({ source: one.source, id: one.id })).toBe(one);
        for (const one of unknown) expect(index.find(one)).toBeUndefined();
      }),
    );
  });
});
