import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { jsonAtOnce, jsonOf } from './json.js';
import { SLICE_ROWS } from './slices.js';

describe('jsonOf', () => {
  it.each([0, 1, SLICE_ROWS, SLICE_ROWS + 1, 3 * SLICE_ROWS])(
    'writes %d items as one document',
    async (count) => {
      const items = Array.from({ length: count }, (_, index) => ({ index, name: `"${index}",` }));
      const totals = { index: count };
      const document = {
        items,
        totals,
        position: '7',
        catalogue: 'c',
        parameters: { groupBy: ['sa'], to: null },
      };
      expect(JSON.parse(await text(Readable.from(jsonOf(document))))).toEqual({
        items,
        totals,
        position: '7',
        catalogue: 'c',
        groupBy: ['sa'],
        to: null,
      });
    },
  );

  const document = { items: [{ n: 1 }], totals: { n: 1 }, position: '7', catalogue: 'c', parameters: {} };
  const travelled = { ...document, itemsJson: '[{"n":1}]', totalsJson: '{"n":1}' };

  it('passes items on that came as JSON', async () => {
    expect(await text(Readable.from(jsonOf(travelled)))).toBe(await text(Readable.from(jsonOf(document))));
  });

  it('writes in one piece what is short or was written before', () => {
    expect(JSON.parse(jsonAtOnce(document, 1)!)).toEqual({
      items: [{ n: 1 }],
      totals: { n: 1 },
      position: '7',
      catalogue: 'c',
    });
    expect(jsonAtOnce(document, 0)).toBeUndefined();
    expect(jsonAtOnce(travelled, 0)).toBe(jsonAtOnce(document, 1));
  });
});
