import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { endOfDay, parseDay, parseInstant } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { GROUP_KEYS, valuesOf } from '#measures';
import {
  AbsenceParameters,
  FunnelParameters,
  MeetingsParameters,
  PeriodRatioParameters,
  QuestionnaireParameters,
  ReplayParameters,
  StockParameters,
  UngroupedParameters,
} from './endpoint-parameters.js';
import { type FigureParameters } from './figure-parameters.js';
import { ProblemError } from '#http';
import { checkSharedKeys, stagePair } from './period-ratio.js';
import { positionAfter, toSelection } from './selection.js';
import { understood } from './understood.js';

const catalogue = loadCatalogue();

/** The parameters that a declaration refuses, with what it says. */
function refused(type: new () => object, query: Record<string, unknown>): Record<string, string> {
  const errors = validateSync(plainToInstance(type, query), { whitelist: true, forbidNonWhitelisted: true });
  return Object.fromEntries(
    errors.map(({ property, constraints }) => [property, Object.values(constraints ?? {}).join('; ')]),
  );
}

function read<T extends FigureParameters>(type: new () => T, query: Record<string, string>): T {
  expect(refused(type, query)).toEqual({});
  return plainToInstance(type, query);
}

function faults(task: () => unknown): ProblemError['errors'] {
  try {
    task();
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'invalid-parameter') return error.errors;
    throw error;
  }
  return [];
}

describe('the form of parameters', () => {
  const wrong: [string, string[]][] = [
    ['from', ['', ' ', '2020', '20200101', '2020-13-01', '2020-02-30', '2020-01-01T00:00:00Z', 'today']],
    ['to', ['2020-1-1', '2020-01-01 ']],
    [
      'until',
      [
        '',
        'now',
        '2020-01-01T00:00:00',
        '2020-01-01T25:00:00Z',
        '2020-01-01T00:00:60Z',
        '9999-12-31T23:59:59-01:00',
      ],
    ],
    ['knownAt', ['2020-02-30', '1577836800000', '2020-01-01T00:00:00 01:00']],
    ['after', ['', '-1', '1.5', 'x', '1e3', '01', '99999999999999999999']],
    ['groupBy', ['', ',', 'territory,', 'nothing', 'territory,territory', 'Territory', 'toString']],
    ['territory', ['', ',', 'TO,', 'TO,,CN']],
  ];
  const cases = wrong.flatMap(([parameter, values]) => values.map((value) => [parameter, value] as const));

  it.each(cases)('%s=%j is refused and named', (parameter, value) => {
    const errors = refused(FunnelParameters, { [parameter]: value });
    expect(Object.keys(errors)).toEqual([parameter]);
    expect(errors[parameter]).toMatch(new RegExp(`^${parameter} must be .*, not "`));
  });

  it('is refused where a parameter stands twice', () => {
    for (const parameter of ['from', 'until', 'after', 'groupBy', 'territory']) {
      expect(refused(FunnelParameters, { [parameter]: ['2020-01-01', '2020-01-01'] })).toHaveProperty(
        parameter,
      );
    }
  });

  it('tells who wrote a plus sign that it was read as a space', () => {
    expect(refused(FunnelParameters, { until: '2020-01-01T00:00:00 01:00' })['until']).toContain('%2B');
  });

  it.each<[new () => object, Record<string, string>]>([
    [PeriodRatioParameters, { fromStage: 'abandoned' }],
    [PeriodRatioParameters, { toStage: '' }],
    [PeriodRatioParameters, { by: 'year' }],
    [ReplayParameters, { asOf: 'yesterday' }],
    [AbsenceParameters, { groupBy: 'venue' }],
    [AbsenceParameters, { gender: 'F' }],
    [StockParameters, { from: '2020-01-01' }],
    [StockParameters, { groupBy: 'sa' }],
    [MeetingsParameters, { sa: 'IZI-TORINO' }],
    [MeetingsParameters, { groupBy: 'gender' }],
    [UngroupedParameters, { groupBy: 'territory' }],
    [UngroupedParameters, { territory: 'TO' }],
    [QuestionnaireParameters, { groupBy: 'venue' }],
    [FunnelParameters, { by: 'month' }],
    [FunnelParameters, { groupKeys: 'x' }],
  ])('%p refuses %j', (type, query) => {
    expect(Object.keys(refused(type, query))).toEqual(Object.keys(query));
  });

  it('reads what it accepts and nothing else, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,4})?(Z|[+-]\d\d:\d\d))?$/),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const accepted = Object.keys(refused(FunnelParameters, { until: text })).length === 0;
        const instant = parseInstant(text);
        const isShown = instant !== undefined && !/^[+-]/.test(new Date(instant).toISOString());
        expect(accepted).toBe(parseDay(text) !== undefined || isShown);
      }),
    );
  });
});

describe('toSelection', () => {
  it('takes a day as the whole day in Rome and an instant as itself', () => {
    const { until, knownAt } = toSelection(
      read(FunnelParameters, { until: '2020-07-01', knownAt: '2020-07-01T12:00:00.1239+02:00' }),
      catalogue,
    );
    expect(new Date(until!).toISOString()).toBe('2020-07-01T21:59:59.999Z');
    expect(new Date(knownAt!).toISOString()).toBe('2020-07-01T10:00:00.123Z');
  });

  it('leaves open what was not asked', () => {
    expect(toSelection(read(FunnelParameters, {}), catalogue)).toEqual({ groupBy: [], filters: {} });
  });

  it('keeps the order of the groups', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...GROUP_KEYS], { minLength: 1 }), (keys) => {
        const { groupBy } = toSelection(read(FunnelParameters, { groupBy: keys.join(',') }), catalogue);
        expect(groupBy).toEqual(keys);
      }),
    );
  });

  it('takes every value of the catalogue, unknown and none as filters, once each', () => {
    for (const key of GROUP_KEYS) {
      const values = [...new Set([...valuesOf(key, catalogue), 'unknown', 'none'])];
      const text = [...values, values[0]].join(',');
      const { filters } = toSelection(read(FunnelParameters, { [key]: text }), catalogue);
      expect(filters).toEqual({ [key]: values });
    }
  });

  it('names the parameter and the value that the catalogue does not know', () => {
    const query = { territory: 'TO,XX', gender: 'f', sa: 'constructor' };
    const found = faults(() => toSelection(read(FunnelParameters, query), catalogue));
    expect(found.map(({ parameter }) => parameter)).toEqual(['territory', 'sa', 'gender']);
    expect(found.map(({ detail }) => detail).join()).toMatch(/"XX".*"constructor".*"f"/);
  });

  it('refuses a window that ends before it begins, and names it', () => {
    const days = fc
      .integer({ min: 0, max: 30_000 })
      .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, days, (from, to) => {
        const found = faults(() => toSelection(read(FunnelParameters, { from, to }), catalogue));
        expect(found.map(({ parameter }) => parameter)).toEqual(from > to ? ['from'] : []);
      }),
    );
  });

  it('reads the position to wait for', () => {
    expect(positionAfter({ after: '17' })).toBe(17);
    expect(positionAfter({})).toBeUndefined();
  });
});

describe('understood', () => {
  it('shows absent parameters as null and only the filters of the figure', () => {
    const nothing = { from: null, to: null, until: null, knownAt: null, groupBy: [] };
    expect(understood(read(UngroupedParameters, {}))).toEqual(nothing);
    expect(understood(read(StockParameters, {}))).toEqual({
      ...nothing,
      territory: null,
      gender: null,
      education: null,
      employment: null,
    });
  });

  it('keeps a day a day and shows an instant in UTC', () => {
    const query = {
      from: '2020-01-01',
      until: '2020-12-31',
      knownAt: '2021-01-01T01:00:00+01:00',
      groupBy: 'sa,territory',
      territory: 'TO,CN',
      after: '4',
    };
    expect(understood(read(QuestionnaireParameters, query))).toEqual({
      from: '2020-01-01',
      to: null,
      until: '2020-12-31',
      knownAt: '2021-01-01T00:00:00.000Z',
      groupBy: ['sa', 'territory'],
      territory: ['TO', 'CN'],
      sa: null,
    });
  });

  it('asks for the same when it is sent again', () => {
    const instants = fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(
        fc.oneof(
          instants,
          instants.map((text) => text.slice(0, 10)),
        ),
        (until) => {
          const once = read(FunnelParameters, { until });
          const again = read(FunnelParameters, { until: understood(once).until! });
          expect(toSelection(again, catalogue)).toEqual(toSelection(once, catalogue));
          const day = parseDay(until);
          if (day !== undefined) expect(toSelection(once, catalogue).until).toBe(endOfDay(day));
        },
      ),
    );
  });
});

describe('the stages of a period ratio', () => {
  const ratio = (query: Record<string, string>) => {
    const parameters = read(PeriodRatioParameters, query);
    const pair = stagePair(parameters);
    checkSharedKeys(pair, toSelection(parameters, catalogue));
    return pair;
  };

  it('are by default those of Table 8', () => {
    expect(ratio({})).toEqual({ fromStage: 'attended', toStage: 'saChosen' });
  });

  it.each([
    [{ fromStage: 'saChosen' }, 'fromStage'],
    [{ fromStage: 'pdsSigned', toStage: 'registered' }, 'fromStage'],
    [{ toStage: 'attended' }, 'toStage'],
  ])('come one before the other: %j', (query, parameter) => {
    expect(faults(() => ratio(query))).toEqual([expect.objectContaining({ parameter })]);
  });

  it.each([
    [{ groupBy: 'territory,venue' }, 'groupBy'],
    [{ sa: 'IZI-TORINO' }, 'sa'],
    [{ mode: 'online' }, 'mode'],
    [{ fromStage: 'booked', toStage: 'attended', groupBy: 'sa' }, 'groupBy'],
    [{ fromStage: 'saChosen', toStage: 'pdsSigned', venue: 'none' }, 'venue'],
  ])('are not compared by what they do not share: %j', (query: Record<string, string>, parameter) => {
    expect(faults(() => ratio(query))).toEqual([expect.objectContaining({ parameter })]);
  });

  it.each<Record<string, string>>([
    { groupBy: 'territory,gender' },
    { fromStage: 'booked', toStage: 'attended', groupBy: 'venue', mode: 'online' },
    { fromStage: 'saChosen', toStage: 'pdsSigned', groupBy: 'sa' },
  ])('are compared by what they share: %j', (query) => {
    expect(faults(() => ratio(query))).toEqual([]);
  });
});
