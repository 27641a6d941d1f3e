import { parseAddress } from './address.js';
import { isDay, isDayOrInstant } from './days.js';

const read = (search: string) => {
  const { params, refused } = parseAddress('/', search);
  return { kept: params.toString(), refused: refused.map(({ name, value }) => `${name}=${value}`) };
};

describe('parseAddress', () => {
  it('keeps what is well formed', () => {
    const search = 'lang=it&from=2020-01-01&to=2020-02-29&knownAt=2020-12-31T10%3A00%3A00Z&since=2020-06-30';
    expect(read(search)).toEqual({ kept: search, refused: [] });
  });

  it.each([
    'from=2020-13-99',
    'to=2021-02-29',
    'knownAt=yesterday',
    'since=2020-6-1',
    'from=',
    'knownAt=2020-12-31T99%3A00%3A00Z',
  ])('leaves %s aside, tells of it, and keeps the rest', (wrong) => {
    expect(read(`lang=it&${wrong}`)).toEqual({ kept: 'lang=it', refused: [decodeURIComponent(wrong)] });
  });

  it('takes no end before the start', () => {
    expect(read('from=2020-06-01&to=2020-05-31')).toEqual({
      kept: 'from=2020-06-01',
      refused: ['to=2020-05-31'],
    });
  });

  it('knows the page by its path, and shows the funnel for others', () => {
    expect(parseAddress('/past', '').page).toBe('past');
    expect(parseAddress('/nowhere', '').page).toBe('funnel');
  });
});

describe('days', () => {
  it.each(['2020-02-29', '1999-12-31'])('takes %s', (day) => expect(isDay(day)).toBe(true));
  it.each(['2021-02-29', '2020-00-01', '20200101', '2020-01-01T00:00:00Z'])('does not take %s', (day) =>
    expect(isDay(day)).toBe(false),
  );
  it('takes an instant with its offset only', () => {
    expect(isDayOrInstant('2020-01-01T10:00:00+01:00')).toBe(true);
    expect(isDayOrInstant('2020-01-01T10:00:00')).toBe(false);
  });
});
