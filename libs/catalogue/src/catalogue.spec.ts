import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoDay, parseDay } from '#calendar';
import fc from 'fast-check';
import { CatalogueError, loadCatalogue, parseCatalogue } from './index.js';

const day = (text: string) => parseDay(text)!;
const mip = loadCatalogue();

type File = ReturnType<typeof mip.describe>;

/** The MIP file with something else in it. */
function changed(change: (file: File) => void): unknown {
  const file = structuredClone(mip.describe());
  change(file);
  return file;
}

function faultOf(input: unknown): string {
  try {
    parseCatalogue(input, 'programme.json');
  } catch (error) {
    expect(error).toBeInstanceOf(CatalogueError);
    expect((error as CatalogueError).code).toBe('invalid-catalogue');
    return (error as CatalogueError).message;
  }
  throw new Error('it was taken');
}

describe('the MIP catalogue', () => {
  it('has the territories, venues and SAs of the report', () => {
    expect(mip.territories.map(({ code }) => code)).toEqual(['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN']);
    expect(mip.venues).toHaveLength(22);
    expect(mip.sas).toHaveLength(11);
    expect(mip.venue('TEL-CUNEO')).toMatchObject({ territory: 'CN', mode: 'phone' });
    expect(mip.sa('CNA-TORINO')).toMatchObject({ territory: 'TO' });
    expect(mip.territory('XX')).toBeUndefined();
    expect(mip.venue('constructor')).toBeUndefined();
  });

  it.each([
    ['2016-12-31', undefined],
    ['2017-01-01', '2017-2019'],
    ['2019-12-31', '2017-2019'],
    ['2020-01-01', '2020-2022'],
    ['2022-12-31', '2020-2022'],
    ['2023-01-01', '2023-'],
    ['2090-01-01', '2023-'],
  ])('has on %s the cycle %s', (text, cycle) => {
    expect(mip.cycleOf(day(text))?.code).toBe(cycle);
  });

  it.each([
    ['saChosen', '2019-12-31', false],
    ['saChosen', '2020-01-01', true],
    ['pdsSigned', '2020-09-13', true],
    ['pdsSigned', '2020-09-14', false],
    ['attended', '2020-02-23', false],
    ['attended', '2020-02-24', true],
    ['attended', '2020-04-27', false],
    ['booked', '2020-03-01', false],
  ] as const)('says of %s on %s that it is suspended: %s', (stage, text, suspended) => {
    expect(mip.isSuspended(stage, day(text))).toBe(suspended);
  });

  it('describes itself in the form of its file', () => {
    expect(mip.describe().cycles).toEqual([
      { code: '2017-2019', from: '2017-01-01', to: '2020-01-01' },
      { code: '2020-2022', from: '2020-01-01', to: '2023-01-01' },
      { code: '2023-', from: '2023-01-01' },
    ]);
    expect(parseCatalogue(mip.describe())).toEqual(mip);
  });
});

describe('the digest', () => {
  const shuffled = (value: unknown, order: readonly number[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member, order)] as const);
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => order[a.length]! - order[b.length]! || (a < b ? 1 : -1)),
    );
  };
  const orders = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });

  it('stays the same whatever the order of keys and the white space', () => {
    const check = (order: number[], indent: number) => {
      const text = JSON.stringify(shuffled(mip.describe(), order), null, indent);
      expect(parseCatalogue(text).digest).toBe(mip.digest);
    };
    fc.assert(fc.property(orders, fc.nat(8), check), { numRuns: 30 });
  });

  it('changes with the content, and with the order of the entries, which answers follow', () => {
    expect(parseCatalogue(changed((file) => (file.sas[0]!.name = 'Another'))).digest).not.toBe(mip.digest);
    expect(parseCatalogue(changed((file) => file.sas.reverse())).digest).not.toBe(mip.digest);
  });

  it('comes with a text from which an equal catalogue is read', () => {
    expect(parseCatalogue(mip.json)).toEqual(mip);
    expect(parseCatalogue(mip.json).json).toBe(mip.json);
  });
});

describe('validity of an entry', () => {
  it('includes its first day and excludes its last', () => {
    const days = fc.integer({ min: day('2018-01-01'), max: day('2024-01-01') });
    const check = (from: number, to: number, asked: number) => {
      fc.pre(from < to);
      const catalogue = parseCatalogue(
        changed((file) => Object.assign(file.venues[3]!, { validFrom: isoDay(from), validTo: isoDay(to) })),
      );
      expect(catalogue.validOn(catalogue.venues[3]!, asked)).toBe(from <= asked && asked < to);
      expect(catalogue.validOn(catalogue.venues[4]!, asked)).toBe(true);
    };
    fc.assert(fc.property(days, days, days, check), { numRuns: 50 });
  });
});

describe('a wrong catalogue', () => {
  it.each<[string, (file: File) => unknown, string]>([
    ['unknown property', (file) => Object.assign(file, { owner: 1 }), '/: unknown property "owner"'],
    [
      'unknown property of an entry',
      (f) => Object.assign(f.sas[1]!, { town: 'x' }),
      '/sas/1: unknown property "town"',
    ],
    ['no list', (file) => Reflect.deleteProperty(file, 'sas'), "/: must have required property 'sas'"],
    ['empty list', (file) => (file.cycles = []), '/cycles: must NOT have fewer than 1 items'],
    [
      'code twice',
      (file) => (file.venues[1]!.code = 'CPI-ORBASSANO'),
      '/venues/1/code: "CPI-ORBASSANO" is there twice',
    ],
    ['reserved unknown', (file) => (file.sas[0]!.code = 'unknown'), '/sas/0/code: "unknown" is reserved'],
    [
      'reserved none',
      (file) => (file.territories[0]!.code = 'none'),
      '/territories/0/code: "none" is reserved',
    ],
    ['form of a code', (file) => (file.sas[0]!.code = 'IZI TORINO'), '/sas/0/code: must match pattern'],
    ['a list in a code', (file) => (file.sas[0]!.code = 'A,B'), '/sas/0/code: must match pattern'],
    ['no name', (file) => (file.sas[0]!.name = ''), '/sas/0/name: must match pattern'],
    [
      'territory of a venue',
      (f) => (f.venues[2]!.territory = 'XX'),
      '/venues/2/territory: there is no territory "XX"',
    ],
    [
      'territory of an SA',
      (file) => (file.sas[2]!.territory = 'XX'),
      '/sas/2/territory: there is no territory "XX"',
    ],
    [
      'mode',
      (f) => Object.assign(f.venues[0]!, { mode: 'fax' }),
      '/venues/0/mode: must be one of in_person, online',
    ],
    [
      'day',
      (file) => (file.cycles[0]!.from = '2017-02-29'),
      '/cycles/0/from: must be a day written YYYY-MM-DD',
    ],
    ['empty cycle', (file) => (file.cycles[0]!.to = '2017-01-01'), '/cycles/0: to must be after'],
    [
      'empty validity',
      (f) => Object.assign(f.sas[0]!, { validFrom: '2020-01-02', validTo: '2020-01-01' }),
      '/sas/0: validTo',
    ],
    [
      'cycles that overlap',
      (file) => (file.cycles[1]!.from = '2019-12-31'),
      '/cycles/1: "2020-2022" overlaps "2017-2019"',
    ],
    ['two cycles without end', (f) => delete f.cycles[1]!.to, '/cycles/2: "2023-" overlaps "2020-2022"'],
    [
      'stage',
      (f) => Object.assign(f.suspensions[0]!, { stage: 'sa-chosen' }),
      '/suspensions/0/stage: must be one of registered',
    ],
    [
      'suspension without end',
      (f) => Reflect.deleteProperty(f.suspensions[0]!, 'to'),
      "/suspensions/0: must have required property 'to'",
    ],
    [
      'empty suspension',
      (file) => (file.suspensions[0]!.to = '2020-01-01'),
      '/suspensions/0: to must be after',
    ],
  ])('is refused: %s', (_case, change, fault) => {
    const message = faultOf(changed(change));
    expect(message).toContain(`programme.json: ${fault}`);
  });

  it('is told all that is wrong with it', () => {
    const both = changed((file) => {
      file.sas[0]!.territory = 'XX';
      file.cycles[0]!.to = '2016-01-01';
    });
    expect(faultOf(both)).toBe(
      'programme.json: /sas/0/territory: there is no territory "XX"; /cycles/0: to must be after the day it begins with; 2017-01-01 to 2016-01-01 holds no day',
    );
  });

  it.each(['', '[', '[]', 'null', '7', '{"__proto__": {}}', '{\n"x"\n}'])('is refused as text %p', (text) => {
    expect(faultOf(text)).toMatch(/^programme\.json: .+$/);
  });

  it('is named with its path when it is a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    try {
      const file = join(folder, 'wrong.json');
      expect(() => loadCatalogue(file)).toThrow(`${file}: cannot be read`);
      writeFileSync(file, JSON.stringify({ ...mip.describe(), sas: 1 }));
      expect(() => loadCatalogue(file)).toThrow(`${file}: /sas: must be array`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
