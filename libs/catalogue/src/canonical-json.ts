/**
 * RFC 8785 canonical JSON: the same text for the same JSON value, however it was written. Numbers and strings are
 * as ECMAScript writes them, which is what the RFC builds on; keys are ordered by UTF-16 code units.
 *
 * @throws RangeError for what JSON cannot hold: undefined, a number that is not finite, a lone surrogate
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${value} is no JSON number`);
  if (typeof value === 'string' && LONE_SURROGATE.test(value))
    throw new RangeError('a lone surrogate is no text');
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new RangeError(`a ${typeof value} is no JSON value`);
  return text;
}

const LONE_SURROGATE = /\p{Cs}/u;
