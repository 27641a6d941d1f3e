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
const EDGES: readonly JsonValue[] = [
  ...[null, true, false, {}, [], ['F'], { venue: 'TO' }],
  ...[0, -1, 1.5, 1e9, 1e9 + 1, 1899, 1900, 9999, 10_000, 1e308],
  ...[
    '',
    'F',
    'other',
    'TO',
    'a b',
    'x'.repeat(64),
    'x'.repeat(65),
    '\ud800',
    '😀'.repeat(128),
    '😀'.repeat(129),
  ],
  ...['2020-02-29', '2021-02-29', '2020-02-29T10:00:00Z', '2020-02-29T10:00:60Z', '2020-02-29T10:00:00'],
  ...['it.mip.attended.v1', 'it.mip.Attended.v1', '/a', '1:b', 'http://[', '%zz', `/${'y'.repeat(256)}`],
];

const someValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.array(fc.string(), { maxLength: 2 }),
);

/** A payload with one of its values, also inside an object, replaced: all the ways there are. */
function replaced(data: JsonObject, value: JsonValue): JsonObject[] {
  return Object.entries(data).flatMap(([key, inner]) => [
    { ...data, [key]: value },
    ...(typeof inner === 'object' ? replaced(inner as JsonObject, value) : []).map((one) => ({
      ...data,
      [key]: one,
    })),
  ]);
}

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

const TYPES = EVENT_TYPES.versions().map((version) => [version.fullType, version] as const);

describe.each(TYPES)('%s', (_type, version) => {
  const day = romeDay(Date.UTC(2020, 6, 1));
  const valid = arbitraryData(version.name, catalogue, day, now);

  it('is judged alike by the compiled check and by class-validator', () => {
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
    fc.assert(fc.property(valid, changes, check), { numRuns: 150 });
    expect(Math.min(taken, refused)).toBeGreaterThan(5);
  });

  it('is judged alike with every edge in the place of every value, and null is refused in each', () => {
    for (const value of EDGES) {
      for (const data of replaced(version.example, value)) {
        const takes = version.isPayload(data);
        expect({ data, takes: classValidatorTakes(version, data) }).toEqual({ data, takes });
        if (value === null) expect(takes).toBe(false);
      }
    }
  });
});
