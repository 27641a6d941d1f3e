import fc from 'fast-check';
import { readBatch, readEvent } from './read-events.js';

/** White space that makes a text so long that it is looked over before it is parsed. */
const LONG = ' \n\t\r'.repeat(4_097);

const outcome = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
};

/** What the whole text is when it is parsed in one go. */
function atOnce(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value : 'invalid-event';
  } catch {
    return 'malformed';
  }
}

const valuesOf = async (text: string) =>
  (await readBatch(Buffer.from(text))).map(({ value, errors }) => {
    expect(errors).toEqual([]);
    return value;
  });

const json = fc.jsonValue({ maxDepth: 4 });
const texts = fc
  .tuple(fc.array(json, { maxLength: 5 }), fc.constantFrom(undefined, 1), fc.constantFrom(LONG, ''))
  .map(([values, indent, before]) => `${before}${JSON.stringify(values, null, indent)}${LONG}`);

describe('a large batch', () => {
  it('has the events that it has when it is parsed in one go', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => expect(await valuesOf(text)).toEqual(JSON.parse(text))),
      { numRuns: 200 },
    );
  });

  it('is no JSON exactly when the whole is none', async () => {
    const signs = fc.constantFrom(...'[]{},:"\\ x0');
    const damaged = fc.tuple(texts, fc.nat(), signs, fc.nat(1)).map(([text, at, sign, replaced]) => {
      const from = text.search(/\S/);
      const place = from + (at % (text.trim().length + 1));
      return text.slice(0, place) + sign + text.slice(place + replaced);
    });
    const check = async (text: string) => {
      const [whole, cut] = [atOnce(text), await outcome(() => valuesOf(text))];
      // Whether what does not begin as an array is JSON at all is not looked at.
      if (text.trimStart().startsWith('[')) expect(cut).toEqual(whole);
      else expect(cut).toBe('invalid-event');
    };
    await fc.assert(fc.asyncProperty(damaged, check), { numRuns: 500 });
  });

  it('is not parsed where an event would take too long, and its other events are', async () => {
    const deep = `{"a":{},"b/c":${'['.repeat(70)}${']'.repeat(70)}}`;
    const long = `{"a":[${'0,'.repeat(10_000)}0]}`;
    const inputs = await readBatch(Buffer.from(`[1,${deep},${long},{"x":[2]}]`));
    expect(inputs).toEqual([
      { value: 1, errors: [] },
      { value: undefined, errors: [{ pointer: '/b~1c', detail: 'is nested more than 64 levels deep' }] },
      { value: undefined, errors: [{ pointer: '/a', detail: 'an event holds at most 10000 values' }] },
      { value: { x: [2] }, errors: [] },
    ]);
  });

  it('has at most 1,000 events and 200,000 values', async () => {
    for (const text of [`[${'0,'.repeat(1_000)}0]`, `[${','.repeat(5_000_000)}]`]) {
      expect(await outcome(() => readBatch(Buffer.from(text + LONG)))).toBe('too-large');
    }
    const values = `[${'0,'.repeat(9_000)}0]`;
    expect(await outcome(() => readBatch(Buffer.from(`[${`${values},`.repeat(22)}0]`)))).toHaveLength(23);
    expect(await outcome(() => readBatch(Buffer.from(`[${`${values},`.repeat(23)}0]`)))).toBe('too-large');
  });
});

describe('a large event', () => {
  it('is parsed unless it would take too long', async () => {
    const members = Array.from({ length: 9_999 }, (_, at) => `"${at}":"[{,"`);
    const few = Buffer.from(`{${members.join(',')}}`);
    expect(await readEvent(few)).toEqual({ value: JSON.parse(few.toString()) as unknown, errors: [] });
    const many = Buffer.from(`{${[...members, '"x":0', '"y":0'].join(',')}}`);
    expect(await readEvent(many)).toMatchObject({
      errors: [{ detail: 'an event holds at most 10000 values' }],
    });
  });
});
