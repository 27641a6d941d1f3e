import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { jsonOf } from './json.js';
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
});
