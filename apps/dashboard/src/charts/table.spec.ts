import { parse } from 'csv-parse/sync';
import { toCsv } from './table.js';

describe('toCsv', () => {
  it('is read back as it was: commas, quotes and line ends kept, nothing for what is not known', () => {
    const rows = [
      ['Biella, Novara', 1_234.5, 'say "hi"'],
      ['two\nlines', null, ''],
    ];
    const text = toCsv({
      columns: [{ name: 'a' }, { name: 'b', format: () => 'x' }, { name: 'c', text: () => 'x' }],
      rows,
    });
    expect(text.endsWith('\r\n')).toBe(true);
    expect(parse(text)).toEqual([
      ['a', 'b', 'c'],
      ['Biella, Novara', '1234.5', 'say "hi"'],
      ['two\nlines', '', ''],
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@a', '\tx'])(
    'marks %j as a text, that no spreadsheet takes for a formula',
    (text) => {
      expect(parse(toCsv({ columns: [{ name: 'a' }], rows: [[text]] }))[1]).toEqual([`'${text}`]);
    },
  );

  it('leaves a total out: who adds the column up would count it twice', () => {
    expect(toCsv({ columns: [{ name: 'a' }], rows: [['x']], total: ['all'] })).toBe('a\r\nx\r\n');
  });
});
