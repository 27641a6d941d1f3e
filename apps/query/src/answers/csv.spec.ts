import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { type FigureItem } from '#figures';
import { csvOf } from './csv.js';
import { SLICE_ROWS } from './slices.js';

const write = (items: readonly FigureItem[], columns: readonly string[]) =>
  text(Readable.from(csvOf(items, columns)));

/** Reads RFC 4180 to the letter: fails on a bare quote, a bare line feed and a missing CRLF. */
function parse(csv: string): string[][] {
  const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < csv.length) {
    field.lastIndex = at;
    const [whole, inQuotes, plain] = field.exec(csv)!;
    row.push(inQuotes === undefined ? plain! : inQuotes.replaceAll('""', '"'));
    at += whole.length;
    if (csv[at] === ',') at += 1;
    else if (csv.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(csv.slice(at, at + 20))}`);
  }
  return rows;
}

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

describe('csvOf', () => {
  it('writes the header row also without items', async () => {
    expect(await write([], ['month', 'returning.attended'])).toBe('month,returning.attended\r\n');
  });

  it('writes nested values by their path, null and absent empty, lists as JSON', async () => {
    const items = [
      { month: '2020-05', returning: { attended: 3 }, pct: null, curve: [{ day: 1 }], net: false },
      { month: '2020-06', pct: 12.5 },
    ];
    const csv = await write(items, ['month', 'returning.attended', 'pct', 'curve', 'net', 'absent']);
    expect(parse(csv)).toEqual([
      ['month', 'returning.attended', 'pct', 'curve', 'net', 'absent'],
      ['2020-05', '3', '', '[{"day":1}]', 'false', ''],
      ['2020-06', '', '12.5', '', '', ''],
    ]);
  });

  it('keeps numbers as numbers, negative ones too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
        const [, row] = parse(await write([{ number }], ['number']));
        expect(Number(row![0])).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('gives back every text, and none that begins like a formula', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n'), fc.string())
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: texts, b: texts }), { minLength: 1 }), async (items) => {
        const [header, ...rows] = parse(await write(items, ['a', 'b']));
        expect(header).toEqual(['a', 'b']);
        expect(rows).toHaveLength(items.length);
        for (const [index, { a, b }] of items.entries()) {
          for (const [column, sent] of [a, b].entries()) {
            const cell = rows[index]![column]!;
            expect(cell).not.toMatch(FORMULA);
            expect(cell === sent || cell === `'${sent}`).toBe(true);
          }
        }
      }),
    );
  });

  it.each([SLICE_ROWS - 1, SLICE_ROWS, SLICE_ROWS + 1, 3 * SLICE_ROWS])(
    'writes %d rows in order',
    async (count) => {
      const items = Array.from({ length: count }, (_, index) => ({ index }));
      const [, ...rows] = parse(await write(items, ['index']));
      expect(rows).toEqual(items.map(({ index }) => [String(index)]));
    },
  );
});
