import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { romeDay } from '#calendar';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { arbitraryData } from './arbitraries.js';
import { type JsonObject, type JsonValue } from './fact.js';
import { EVENT_TYPES, type EventVersion } from './registry.js';

const catalogue = loadCatalogue();
const now = Date.UTC(2021, 5, 1);

/** The slow second opinion: what class-validator says of the same declarations. */
function classValidatorTakes(version: EventVersion, data: JsonObject): boolean {
  const instance = plainToInstance(version.payload, data);
  return validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }).length === 0;
}

/** Values of every kind, many of them just inside or just outside of what some field allows. */
const someValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    '',
    0,
    -1,
    1.5,
    1e9,
    1e9 + 1,
    1899,
    1900,
    9999,
    10_000,
    1e308,
    {},
    [],
  ),
  fc.constantFrom(
    'F',
    'other',
    'TO',
    'a b',
    'x'.repeat(64),
    'x'.repeat(65),
    '\ud800',
    '😀'.repeat(128),
    '😀'.repeat(129),
  ),
  fc.constantFrom(
    '2020-02-29',
    '2021-02-29',
    '2020-02-29T10:00:00Z',
    '2020-02-29T10:00:60Z',
    '2020-02-29T10:00:00',
  ),
  fc.constantFrom(
    'it.mip.attended.v1',
    'it.mip.Attended.v1',
    '/a',
    'a b',
    '1:b',
    'http://[',
    '%zz',
    `/${'y'.repeat(256)}`,
  ),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.array(fc.string(), { maxLength: 2 }),
);

/** One change of a payload: a value replaced, left out or added, in it or in an object inside it. */
const change = fc.record({
  at: fc.nat(),
  name: fc.constantFrom('extra', 'venue', 'gender', 'date'),
  value: someValue,
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C & { how: string } : never;

function apply(data: JsonObject, { at, how, name, value }: Change): void {
  const keys = Object.keys(data);
  const key = keys[at % (keys.length || 1)];
  const inner = key === undefined ? undefined : data[key];
  if (how === 'inside' && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
    apply(inner, { at, how: 'replace', name, value });
  } else if (how === 'add' || key === undefined) data[name] = value;
  else if (how === 'remove') delete data[key];
  else data[key] = value;
}

const changes = fc.array(
  fc
    .tuple(change, fc.constantFrom('inside', 'add', 'remove', 'replace'))
    .map(([one, how]) => ({ ...one, how })),
  { maxLength: 2 },
);

describe.each(EVENT_TYPES.versions().map((version) => [version.fullType, version] as const))(
  '%s',
  (_type, version) => {
    const day = romeDay(Date.UTC(2020, 6, 1));
    const valid = arbitraryData(version.name, catalogue, day, now);

    it('is taken and refused alike by the compiled check and by class-validator', () => {
      let taken = 0;
      let refused = 0;
      const check = (data: JsonObject, wanted: readonly Change[]) => {
        const changed = structuredClone(data);
        for (const one of wanted) apply(changed, one);
        const takes = version.isPayload(changed);
        if (takes) taken += 1;
        else refused += 1;
        expect(classValidatorTakes(version, changed)).toBe(takes);
      };
      fc.assert(fc.property(valid, changes, check), { numRuns: 200 });
      expect(Math.min(taken, refused)).toBeGreaterThan(15);
    });
  },
);
