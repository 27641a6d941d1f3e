import { monthOfDay, parseDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { STAGES } from '#events';
import {
  checkRowCount,
  compareGroups,
  type FunnelCell,
  funnelRows,
  type GroupKey,
  layoutGroups,
  layoutMonths,
  MAX_ROWS,
  MeasureError,
  type Window,
  windowMonths,
} from './index.js';

const catalogue = loadCatalogue();
const day = (text: string) => parseDay(text)!;

describe('groups of an answer', () => {
  const groups = (groupBy: GroupKey[], occurring: string[][], filters = {}) =>
    layoutGroups({ groupBy, filters }, catalogue, occurring);

  it('are one and empty without a grouping', () => {
    expect(groups([], [])).toEqual([[]]);
  });

  it('are all codes of one catalogue key, and unknown where it occurs', () => {
    expect(groups(['territory'], [['unknown']])).toEqual([
      ['TO'],
      ['AL-AT'],
      ['BI-NO-VC-VCO'],
      ['CN'],
      ['unknown'],
    ]);
    expect(groups(['mode'], [])).toEqual([['in_person'], ['online'], ['phone']]);
    expect(groups(['venue'], [])).toHaveLength(catalogue.venues.length);
    expect(groups(['sa'], [['none']]).at(-1)).toEqual(['none']);
  });

  it('are only the codes that the filter of the key lets through', () => {
    expect(groups(['territory'], [], { territory: ['CN', 'TO', 'unknown'] })).toEqual([['TO'], ['CN']]);
    expect(groups(['sa'], [['none']], { sa: ['none'] })).toEqual([['none']]);
  });

  it.each<[GroupKey, Record<string, string[]>, string[]]>([
    ['mode', { venue: ['ONLINE-TORINO'] }, ['online']],
    ['territory', { venue: ['ONLINE-TORINO'] }, ['TO']],
    ['sa', { venue: ['ONLINE-TORINO'] }, []],
    ['sa', { mode: ['online'] }, []],
    ['sa', { mode: ['online', 'none'], territory: ['CN'] }, ['CODEX-CUNEO', 'ISCOM-CUNEO']],
    ['venue', { sa: ['CODEX-CUNEO'] }, []],
    ['mode', { sa: ['CODEX-CUNEO'] }, []],
    ['territory', { sa: ['CODEX-CUNEO'] }, ['CN']],
    ['territory', { sa: ['none', 'CODEX-CUNEO'] }, ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN']],
    ['territory', { venue: ['none'] }, ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN']],
    ['mode', { venue: ['none', 'TEL-CUNEO'] }, ['phone']],
    ['venue', { mode: ['phone'], territory: ['CN'] }, ['TEL-CUNEO']],
    ['venue', { venue: ['TEL-CUNEO', 'CPI-RIVOLI'], territory: ['CN'] }, ['TEL-CUNEO']],
    ['territory', { venue: ['TEL-CUNEO'], mode: ['online'] }, []],
    ['territory', { territory: ['TO', 'CN'], venue: ['TEL-CUNEO', 'TEL-VERCELLI'] }, ['CN']],
    ['territory', { gender: ['F'], education: ['master'] }, ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN']],
  ])('by %s are those that the catalogue has together with %j', (key, filters, expected) => {
    expect(groups([key], [], filters).flat()).toEqual(expected);
  });

  it('are never without one that occurs, whatever the catalogue says', () => {
    const abandoned = [['CODEX-CUNEO'], ['none']];
    expect(groups(['sa'], abandoned, { territory: ['AL-AT'] })).toEqual(expect.arrayContaining(abandoned));
    expect(groups(['territory'], [['TO'], ['unknown']], { sa: ['CODEX-CUNEO'] }).flat()).toEqual([
      'TO',
      'CN',
      'unknown',
    ]);
  });

  it('are all modes where the catalogue has venues of none of them', () => {
    const noVenues = { territories: catalogue.territories, venues: [], sas: catalogue.sas };
    const modes = (filters: object) => layoutGroups({ groupBy: ['mode'], filters }, noVenues, []).flat();
    expect(modes({})).toEqual(['in_person', 'online', 'phone']);
    expect(modes({ territory: ['TO'] })).toEqual([]);
  });

  it('are those that occur with any other grouping', () => {
    expect(groups(['gender'], [])).toEqual([]);
    expect(
      groups(
        ['gender', 'mode'],
        [
          ['M', 'none'],
          ['F', 'phone'],
          ['M', 'online'],
          ['M', 'none'],
        ],
      ),
    ).toEqual([
      ['F', 'phone'],
      ['M', 'online'],
      ['M', 'none'],
    ]);
  });

  it('have education none first and unknown last', () => {
    const values = ['unknown', 'master', 'none', 'diploma', 'bachelor', 'lower'].map((value) => [value]);
    expect(values.sort(compareGroups(catalogue, ['education'])).flat()).toEqual([
      'none',
      'lower',
      'diploma',
      'bachelor',
      'master',
      'unknown',
    ]);
  });

  it('put codes that the catalogue has not between those it has and unknown', () => {
    const values = ['none', 'ZZ', 'unknown', 'CN', 'AA', 'TO'].map((value) => [value]);
    expect(values.sort(compareGroups(catalogue, ['territory'])).flat()).toEqual([
      'TO',
      'CN',
      'AA',
      'ZZ',
      'unknown',
      'none',
    ]);
  });
});

describe('months of an answer', () => {
  const counted = { firstDay: day('2020-02-10'), lastDay: day('2020-03-05') };
  const february = monthOfDay(counted.firstDay);

  it.each<[string, Window, number[]]>([
    ['what is counted, without a window', {}, [0, 1]],
    ['the window where it is longer', { from: day('2019-12-31'), to: day('2020-04-01') }, [-2, -1, 0, 1, 2]],
    ['from the window to the last counted day', { from: day('2020-03-01') }, [1]],
    ['from the first counted day to the window', { to: day('2020-02-11') }, [0]],
    ['none when everything is before the window', { from: day('2020-04-01') }, []],
    ['none when everything is after the window', { to: day('2020-01-01') }, []],
  ])('are %s', (_what, window, months) => {
    expect(windowMonths(window, counted)).toEqual(months.map((month) => february + month));
  });

  it('are none where nothing is counted and the window is open', () => {
    expect(windowMonths({ from: day('2020-01-01') }, {})).toEqual([]);
    expect(windowMonths({ to: day('2020-01-01') }, {})).toEqual([]);
    expect(windowMonths({ from: day('2020-01-01'), to: day('2020-01-01') }, {})).toHaveLength(1);
  });
});

describe('the row limit', () => {
  it('is checked before rows are made', () => {
    const selection = { from: day('0001-01-01'), to: day('9999-12-31'), groupBy: [], filters: {} };
    expect(() => layoutMonths(selection, catalogue, {}, [])).toThrow(MeasureError);
  });

  it('tells by its code and in words what is too much', () => {
    const refusal = () => {
      try {
        return checkRowCount(MAX_ROWS + 1);
      } catch (error) {
        return error instanceof MeasureError ? [error.code, error.message] : error;
      }
    };
    expect(refusal()).toEqual(['too-many-rows', expect.stringContaining('100001')]);
  });

  it('lets exactly that many rows through', () => {
    const months = { from: day('0001-01-01'), to: day('2084-04-01') };
    expect(windowMonths(months, {}, 4)).toHaveLength(MAX_ROWS / 4);
    expect(() => windowMonths({ ...months, to: day('2084-05-01') }, {}, 4)).toThrow(MeasureError);
  });
});

describe('rows of the funnel', () => {
  const cell = (text: string, group: string[], registered: number): FunnelCell => ({
    month: monthOfDay(day(text)),
    group,
    counts: STAGES.map((_, index) => (index === 0 ? registered : 0)),
    returning: STAGES.map(() => 0),
  });

  it('have the groups that occur in every month, and the cumulative ones grow', () => {
    const selection = {
      from: day('2020-01-01'),
      to: day('2020-03-31'),
      groupBy: ['gender'],
      filters: {},
    } as const;
    const cells = [cell('2020-02-01', ['M'], 2), cell('2020-01-01', ['F'], 1), cell('2020-02-01', ['F'], 4)];
    const rows = (kind: 'monthly' | 'cumulative') =>
      funnelRows(selection, catalogue, { cells }, kind).items.map(({ month, gender, registered }) =>
        [month, gender, registered].join(' '),
      );
    expect(rows('monthly')).toEqual([
      '2020-01 F 1',
      '2020-01 M 0',
      '2020-02 F 4',
      '2020-02 M 2',
      '2020-03 F 0',
      '2020-03 M 0',
    ]);
    expect(rows('cumulative')).toEqual([
      '2020-01 F 1',
      '2020-01 M 0',
      '2020-02 F 5',
      '2020-02 M 2',
      '2020-03 F 5',
      '2020-03 M 2',
    ]);
  });

  it('name month, groups and stages in the order of the contract', () => {
    const { items, totals } = funnelRows(
      { groupBy: ['sa', 'gender'], filters: {}, from: day('2020-01-01'), to: day('2020-01-31') },
      catalogue,
      { cells: [cell('2020-01-01', ['none', 'F'], 1)] },
      'monthly',
    );
    expect(Object.keys(items[0]!)).toEqual(['month', 'sa', 'gender', ...STAGES, 'returning']);
    expect(Object.keys(totals)).toEqual([...STAGES, 'returning']);
    expect(Object.keys(totals.returning)).toEqual([...STAGES]);
  });
});
