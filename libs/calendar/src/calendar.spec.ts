import fc from 'fast-check';
import {
  endOfDay,
  firstDayOfMonth,
  isoDay,
  isoInstant,
  isoMonth,
  lastDayOfMonth,
  monthOfDay,
  monthsBetween,
  parseDay,
  parseInstant,
  romeDay,
  startOfDay,
} from './index.js';

const romeDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' });
const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) });

describe('days of Europe/Rome', () => {
  it('are those that Intl tells', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(isoDay(romeDay(instant))).toBe(romeDate.format(instant));
      }),
      { numRuns: 2000 },
    );
  });

  it('begin and end where the day changes', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const day = romeDay(instant);
        expect(romeDay(startOfDay(day))).toBe(day);
        expect(romeDay(startOfDay(day) - 1)).toBe(day - 1);
        expect(romeDay(endOfDay(day))).toBe(day);
        expect(romeDay(endOfDay(day) + 1)).toBe(day + 1);
      }),
    );
  });

  it.each([
    ['2020-03-28T22:59:59.999Z', '2020-03-28'],
    ['2020-03-28T23:00:00.000Z', '2020-03-29'],
    ['2020-03-29T21:59:59.999Z', '2020-03-29'],
    ['2020-03-29T22:00:00.000Z', '2020-03-30'],
    ['2020-10-25T22:59:59.999Z', '2020-10-25'],
    ['2020-10-25T23:00:00.000Z', '2020-10-26'],
  ])('hold %s in %s around the change of the clock', (instant, day) => {
    expect(isoDay(romeDay(Date.parse(instant)))).toBe(day);
  });

  it('are read only where they exist', () => {
    expect(isoDay(parseDay('2020-02-29')!)).toBe('2020-02-29');
    for (const text of [
      '2021-02-29',
      '2020-13-01',
      '2020-1-01',
      '2020-01-01 ',
      '',
      '2020-00-10',
      '0000-01-01',
      'today',
    ]) {
      expect(parseDay(text)).toBeUndefined();
    }
  });

  it('make months', () => {
    const from = parseDay('2019-12-31')!;
    const to = parseDay('2020-02-01')!;
    expect(monthsBetween(from, to).map(isoMonth)).toEqual(['2019-12', '2020-01', '2020-02']);
    expect(monthsBetween(to, from)).toEqual([]);
    const february = monthOfDay(to);
    expect([firstDayOfMonth(february), lastDayOfMonth(february)].map(isoDay)).toEqual([
      '2020-02-01',
      '2020-02-29',
    ]);
  });
});

describe('instants', () => {
  it('are those that Date reads, wherever both read', () => {
    const digit = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    const year = fc.integer({ min: 0, max: 9999 }).map((value) => String(value).padStart(4, '0'));
    const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/));
    const offset = fc.oneof(fc.constant('Z'), fc.tuple(fc.constantFrom('+', '-'), digit(25), digit(61)));
    fc.assert(
      fc.property(
        fc.tuple(year, digit(13), digit(32), digit(25), digit(61), digit(61), fraction, offset),
        ([y, month, day, hour, minute, second, part, end]) => {
          const zone = typeof end === 'string' ? end : `${end[0]}${end[1]}:${end[2]}`;
          const text = `${y}-${month}-${day}T${hour}:${minute}:${second}${part}${zone}`;
          const date = Date.parse(`${y}-${month}-${day}T00:00:00Z`);
          const exists = !Number.isNaN(date) && new Date(date).toISOString().slice(8, 10) === day;
          const expected = exists && Number(hour) < 24 ? Date.parse(text) : NaN;
          expect(parseInstant(text) ?? NaN).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['2020-05-01T10:00:00Z', '2020-05-01T10:00:00.000Z'],
    ['2020-05-01t10:00:00.1239999z', '2020-05-01T10:00:00.123Z'],
    ['2020-05-01T00:30:00+02:00', '2020-04-30T22:30:00.000Z'],
    ['2020-02-29T23:59:59-05:30', '2020-03-01T05:29:59.000Z'],
  ])('read %s as %s', (text, instant) => {
    expect(isoInstant(parseInstant(text)!)).toBe(instant);
  });

  it.each([
    '2020-05-01',
    '2020-05-01T10:00:00',
    '2020-05-01 10:00:00Z',
    '2020-05-01T10:00:60Z',
    '2020-05-01T24:00:00Z',
    '2021-02-29T10:00:00Z',
    '2020-05-01T10:00:00+24:00',
    '2020-05-01T10:00:00.Z',
    '+002020-05-01T10:00:00Z',
  ])('refuse %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
