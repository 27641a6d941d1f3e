import { movedByYears, spanOf, wholeYear } from './period.js';
import { recordedDays, stopOf } from './recorded-days.js';

const rows = (registered: Record<string, number>) =>
  Object.entries(registered).map(([month, count]) => ({ month, registered: count }));

describe('spanOf', () => {
  it('reaches from the first month to the last, and opens at the last year with registrations', () => {
    expect(spanOf(rows({ '2018-11': 5, '2019-02': 0, '2020-03': 9, '2021-01': 0 }), '2021-06-01')).toEqual({
      first: '2018-11',
      last: '2021-01',
      years: [2018, 2019, 2020, 2021],
      year: 2020,
    });
  });

  it('does not open at a year with a single stray', () => {
    expect(spanOf(rows({ '2019-01': 2_900, '2020-01': 1_704, '2021-01': 1 }), '2026-01-01').year).toBe(2020);
    expect(spanOf(rows({ '2019-01': 2_900, '2020-01': 145 }), '2026-01-01').year).toBe(2020);
    expect(spanOf(rows({ '2019-01': 2_900, '2020-01': 144 }), '2026-01-01').year).toBe(2019);
  });

  it('shows the present where nothing is', () => {
    expect(spanOf([], '2026-03-04')).toEqual({
      first: '2026-03',
      last: '2026-03',
      years: [2026],
      year: 2026,
    });
  });
});

describe('movedByYears', () => {
  it.each([
    ['2020-02-29', -1, '2019-02-28'],
    ['2020-02-29', 4, '2024-02-29'],
    ['2020-02-29', 80, '2100-02-28'],
    ['2019-02-28', 1, '2020-02-28'],
    ['2020-12-31', -1, '2019-12-31'],
  ])('moves %s by %d years to %s', (day, years, moved) => expect(movedByYears(day, years)).toBe(moved));

  it('knows a whole year', () => {
    expect(wholeYear({ from: '2020-01-01', to: '2020-12-31' })).toBe(2020);
    expect(wholeYear({ from: '2020-01-01', to: '2020-12-30' })).toBeUndefined();
    expect(wholeYear({ from: '2019-01-01', to: '2020-12-31' })).toBeUndefined();
  });
});

describe('the stops of the slider', () => {
  const span = { first: '2020-11', last: '2021-01', years: [2020, 2021], year: 2020 };
  const stops = recordedDays(span, '2026-01-01');

  it('are month ends until two months after the last fact, and last all that is known', () => {
    expect(stops).toEqual(['2020-11-30', '2020-12-31', '2021-01-31', '2021-02-28', '2021-03-31', null]);
    expect(recordedDays(span, '2021-01-31')).toEqual(['2020-11-30', '2020-12-31', null]);
  });

  it.each([
    [null, 5],
    ['2020-01-01', 0],
    ['2020-11-30', 0],
    ['2020-12-01', 1],
    ['2020-12-31T23:00:00Z', 1],
    ['2024-01-01', 5],
  ])('stands for %s at stop %d', (day, stop) => expect(stopOf(stops, day)).toBe(stop));
});
