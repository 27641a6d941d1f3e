import { readdirSync, readFileSync } from 'node:fs';
import { EventType } from './declaration/event-type.js';
import { CatalogueCode, MeetingId, OneOf, Optional } from './declaration/fields.js';
import { type JsonObject, type StoredFact } from './fact.js';
import { readFact } from './read-fact.js';
import { EVENT_TYPES } from './registry.js';

const folder = new URL('./fixtures/', import.meta.url);
const fixture = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as StoredFact;
const files = readdirSync(folder);

/** How a second version of `attended` would be declared. */
@EventType({
  name: 'attended',
  version: 2,
  subject: 'journey',
  meaning: 'took part, and for how long',
  example: { venue: 'CPI-ASTI', part: 'whole' },
  upcast: (before) => ({ ...before, part: 'whole' }),
})
class AttendedV2 {
  @CatalogueCode('venue', 'where the meeting was')
  venue!: string;

  @Optional()
  @MeetingId('the meeting')
  meetingId?: string;

  @OneOf(['whole', 'partly'], 'how much of it')
  part!: string;
}

describe('stored facts', () => {
  it('are kept of every version of every type', () => {
    const versions = EVENT_TYPES.versions().map(({ name, version }) => `${name}.v${version}.json`);
    expect(files.toSorted()).toEqual(versions.toSorted());
  });

  it.each(files)('are read for ever: %s', (file) => {
    const stored = fixture(file);
    const read = readFact(stored);
    expect(read).toMatchObject({
      ok: true,
      fact: { name: file.split('.')[0], type: stored.type, time: stored.time },
    });
    expect(read.ok && read.fact.data).toEqual(stored.data);
  });

  it('are read in the newest version of their type', () => {
    const later = EVENT_TYPES.extended(AttendedV2);
    const stored = fixture('attended.v1.json');
    expect(readFact(stored, later)).toMatchObject({
      ok: true,
      fact: { name: 'attended', type: 'it.mip.attended.v1', data: { ...stored.data, part: 'whole' } },
    });
    const sentInV2 = { ...stored, type: 'it.mip.attended.v2', data: { venue: 'CPI-ASTI', part: 'partly' } };
    expect(readFact(sentInV2, later)).toMatchObject({ ok: true, fact: { data: sentInV2.data } });
    expect(readFact(sentInV2)).toMatchObject({ ok: false });
  });

  it('are not passed on when they are wrong', () => {
    const stored = fixture('attended.v1.json');
    const { subject: _subject, ...subjectless } = stored;
    expect(readFact({ ...stored, data: { venue: 7 } })).toEqual({
      ok: false,
      detail:
        'the fact at position 40 cannot be read: /data/venue must be a venue code of the programme catalogue',
    });
    expect(readFact({ ...stored, type: 'it.mip.attended.v9' })).toMatchObject({ ok: false });
    expect(readFact(subjectless)).toMatchObject({ ok: false });
  });

  it.each<[string, Partial<StoredFact>, string]>([
    ['a value', { data: { venue: 'Rosa Bianchi' } }, '/data/venue must be'],
    ['a nested value', { data: { venue: { name: 'Rosa Bianchi' } } }, '/data/venue must be'],
    ['a property', { data: { venue: 'CPI-ASTI', 'Rosa Bianchi': 1 } }, '/data has a property that attended'],
    ['all of the data', { data: ['Rosa Bianchi'] as unknown as JsonObject }, '/data must be an object'],
    ['the type', { type: 'Rosa Bianchi' }, 'its type is not known'],
    ['the subject', { subject: 'Rosa Bianchi', data: {} }, '/data/venue is required'],
  ])('tell nothing of what they hold when they are wrong: %s', (_what, wrong, told) => {
    const read = readFact({ ...fixture('attended.v1.json'), ...wrong });
    if (read.ok) throw new Error('it was taken');
    expect(read.detail).toContain(`the fact at position 40 cannot be read: ${told}`);
    expect(read.detail).not.toMatch(/Rosa|Bianchi/);
  });

  it('may name codes that the catalogue does not know any more', () => {
    const stored = fixture('attended.v1.json');
    expect(readFact({ ...stored, data: { venue: 'CLOSED-LONG-AGO' } })).toMatchObject({ ok: true });
  });
});

describe('the registry', () => {
  it('refuses a version without the one before it', () => {
    expect(() => EVENT_TYPES.extended(AttendedV2, AttendedV2)).toThrow('attended.v2 is declared after v2');
  });

  it('refuses a later version without an upcaster', () => {
    const declare = EventType({ name: 'x', version: 2, subject: 'none', meaning: '', example: {} });
    expect(() => declare(class {})).toThrow('every version after the first has an upcaster');
  });
});
