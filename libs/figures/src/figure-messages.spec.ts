import { packed, unpacked } from './figure-messages.js';

const answer = { items: [{ month: '2020-05', n: 1 }], totals: { n: 1 }, position: 7, catalogue: 'c' };

describe('an answer between threads', () => {
  it('is the same on the other side', () => {
    const { items, totals, position, catalogue } = unpacked(structuredClone(packed(answer)));
    expect({ items, totals, position, catalogue }).toEqual(answer);
  });

  it('is written once where its one row is its totals', () => {
    const row = { n: 1 };
    const { itemsJson, totalsJson } = packed({ ...answer, items: [row], totals: row });
    expect([itemsJson, totalsJson]).toEqual(['[{"n":1}]', '{"n":1}']);
  });

  it('travels as JSON, which reads the items once and only when they are looked at', () => {
    const travelled = unpacked(packed(answer));
    expect(JSON.parse(travelled.itemsJson!)).toEqual(answer.items);
    expect(travelled.items).toBe(travelled.items);
    expect(JSON.parse(travelled.totalsJson!)).toEqual(answer.totals);
    expect(travelled.totals).toBe(travelled.totals);
    expect(() => unpacked({ ...packed(answer), itemsJson: 'no JSON' })).not.toThrow();
  });
});
