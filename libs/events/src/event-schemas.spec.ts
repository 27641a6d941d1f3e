import { readFileSync } from 'node:fs';
import { loadCatalogue } from '#catalogue';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { arbitraryEvent } from './arbitraries.js';
import { checkEvent } from './check-event.js';
import { eventSchemas } from './event-schemas.js';
import { eventsPage } from './events-page.js';
import { exampleOf } from './example.js';
import { codesOf, EVENT_TYPES, fullType, typeName } from './registry.js';
import { STAGE_ORDER } from './stages.js';

const catalogue = loadCatalogue();
const context = { catalogue, now: Date.UTC(2021, 0, 15), mayImport: true };

describe('the sixteen types', () => {
  it('stand in stage order', () => {
    expect(EVENT_TYPES.versions().map(({ name }) => name)).toEqual(STAGE_ORDER);
  });

  it('are found by full type and by name', () => {
    expect(typeName('it.mip.pds-signed.v1')).toBe('pds-signed');
    expect(typeName('it.mip.pds-signed')).toBeUndefined();
    expect(fullType('pds-signed')).toBe('it.mip.pds-signed.v1');
  });

  it('tell the codes of their closed lists in order', () => {
    expect(codesOf('registered', 'profile', 'education')).toEqual([
      'none',
      'lower',
      'diploma',
      'bachelor',
      'master',
    ]);
    expect(() => codesOf('registered', 'territory')).toThrow('registered has no codes at territory');
    expect(() => codesOf('registered', 'profile', 'shoes')).toThrow(RangeError);
  });

  it.each(EVENT_TYPES.versions().map((version) => [version.fullType, version] as const))(
    'show an example that is taken: %s',
    (_type, version) => {
      expect(checkEvent(exampleOf(version), context)).toMatchObject({ ok: true });
    },
  );
});

describe('the OpenAPI schemas', () => {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    discriminator: false,
    validateFormats: false,
  });
  ajv.addVocabulary(['components', 'example', 'discriminator']);
  const components = eventSchemas();
  const isEvent = ajv.compile({ $ref: '#/components/schemas/Event', components: { schemas: components } });

  it('are there for the data and the whole of every type', () => {
    expect(Object.keys(components)).toHaveLength(2 * 16 + 1);
    expect(components).toHaveProperty('SaChosenV1Data');
    expect(components).toHaveProperty('SaChosenV1');
  });

  it('take every valid event', () => {
    fc.assert(
      fc.property(arbitraryEvent(catalogue, { now: context.now, imports: true }), (event) => {
        expect(isEvent(event)).toBe(true);
      }),
    );
  });

  it.each(EVENT_TYPES.versions().map((version) => [version.fullType, version] as const))(
    'refuse an unknown property: %s',
    (_type, version) => {
      const example = exampleOf(version);
      expect(isEvent(example)).toBe(true);
      expect(isEvent({ ...example, data: { ...version.example, unknown: 1 } })).toBe(false);
    },
  );
});

describe('docs/events.md', () => {
  it('is what the declarations say; `npm run docs:events` writes it', () => {
    const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
    expect(page).toBe(eventsPage());
  });
});
