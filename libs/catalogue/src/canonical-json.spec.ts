import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  );
}

const json = fc.jsonValue({ stringUnit: 'grapheme' });

describe('canonicalJson', () => {
  it('is JSON of the same value', () => {
    fc.assert(fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(plain(value))));
  });

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(json, (value) => expect(canonicalJson(turned(value))).toBe(canonicalJson(value))));
  });

  it('writes numbers, escapes and order of keys as RFC 8785 does', () => {
    const value = {
      '\u20ac': 1e21,
      '\r': [56.0, 1e-7, -0, Number('333333333.33333329')],
      1: null,
      '\ud83d\ude00': '\u000f\n"\\/',
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":[56,1e-7,0,333333333.3333333],"1":null,"\u20ac":1e+21,"\ud83d\ude00":"\\u000f\\n\\"\\\\/"}',
    );
  });

  it.each([Infinity, NaN, undefined, '\ud800', { '\udc00': 1 }, [1n], () => 1])('refuses %p', (value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

/** As JSON knows it: without -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
