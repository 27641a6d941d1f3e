import { loadCatalogue, parseCatalogue } from '#catalogue';
import { type JsonObject } from './fact.js';
import { checkEvent, type CheckedEvent } from './check-event.js';

const catalogue = loadCatalogue();
const now = Date.UTC(2021, 0, 15, 12);
const context = { catalogue, now, mayImport: true };

const attended = {
  specversion: '1.0',
  id: 'a-1',
  source: '/area-web',
  type: 'it.mip.attended.v1',
  subject: 'J-1',
  time: '2020-05-12T10:00:00+02:00',
  data: { venue: 'ONLINE-TORINO' },
};
const registered = { ...attended, type: 'it.mip.registered.v1', data: { territory: 'TO' } };
const booked = {
  ...attended,
  type: 'it.mip.booked.v1',
  data: { venue: 'CPI-ASTI', meetingId: 'm', scheduledFor: 'x' },
};
const contact = {
  ...without(attended, 'subject'),
  type: 'it.mip.contact-handled.v1',
  data: { channel: 'phone' },
};
const retracted = {
  ...attended,
  type: 'it.mip.retracted.v1',
  data: { source: '/area-web', id: 'x', reason: 'other' },
};

function without(event: JsonObject, name: string): JsonObject {
  const rest = { ...event };
  delete rest[name];
  return rest;
}

const withData = (event: { data: JsonObject }, data: JsonObject) => ({
  ...event,
  data: { ...event.data, ...data },
});

function errorsOf(input: unknown, more: Partial<typeof context> = {}): readonly string[] {
  const checked = checkEvent(input, { ...context, ...more });
  return checked.ok ? [] : checked.errors.map(({ pointer, detail }) => `${pointer ?? ''} ${detail}`);
}

function eventOf(input: unknown): Extract<CheckedEvent, { ok: true }>['event'] {
  const checked = checkEvent(input, context);
  if (!checked.ok) throw new Error(checked.errors.map(({ detail }) => detail).join());
  return checked.event;
}

describe('an event that is right', () => {
  it('is read with its time as an instant, cut to the millisecond', () => {
    expect(eventOf({ ...attended, time: '2020-05-12T10:00:00.1239+02:00' })).toEqual({
      name: 'attended',
      type: 'it.mip.attended.v1',
      source: '/area-web',
      id: 'a-1',
      subject: 'J-1',
      time: Date.UTC(2020, 4, 12, 8, 0, 0, 123),
      data: { venue: 'ONLINE-TORINO' },
    });
  });

  it('keeps its attributes and drops those of the server and those that are null', () => {
    const event = eventOf({
      ...attended,
      datacontenttype: 'application/json',
      dataschema: 'https://schemas.example/attended',
      traceparent: 'x',
      constructor: Number.MAX_SAFE_INTEGER,
      flag: false,
      nothing: null,
      Nothing: null,
      data_base64: null,
      acceptedtime: 'anything',
      position: { at: 1 },
      recordedtime: null,
    });
    expect(event.attributes).toEqual({
      datacontenttype: 'application/json',
      dataschema: 'https://schemas.example/attended',
      traceparent: 'x',
      constructor: Number.MAX_SAFE_INTEGER,
      flag: false,
    });
    expect(event).not.toHaveProperty('recordedTime');
  });

  it.each<[string, unknown]>([
    ['an id of 128 characters, each of two code units', { ...attended, id: '😀'.repeat(128) }],
    ['a subject of 64', { ...attended, subject: `${'x'.repeat(62)}-_` }],
    ['a relative source', { ...attended, source: 'a/b:c' }],
    ['a source of 256', { ...attended, source: `/${'x'.repeat(255)}` }],
    ['a urn', { ...attended, source: 'urn:mip:desk' }],
    ['the clock five minutes ahead', { ...attended, time: '2021-01-15T12:05:00Z' }],
    ['recorded five minutes before', { ...attended, recordedtime: '2020-05-12T07:55:00Z' }],
    ['a retraction from before the cycles', { ...retracted, time: '2005-01-01T00:00:00Z' }],
    ['a contact from before the cycles', { ...contact, time: '2000-01-01T00:00:00Z' }],
    ['somebody born this year', withData(registered, { profile: { birthYear: 2021 } })],
    ['an empty profile', withData(registered, { profile: {} })],
    ['a whole number written as a fraction', withData(contact, { durationSeconds: 1.0 })],
    ['the first instant of a cycle in Rome', { ...attended, time: '2016-12-31T23:00:00Z' }],
  ])('is taken with %s', (_case, event) => {
    expect(errorsOf(event)).toEqual([]);
  });
});

describe('an event that is wrong', () => {
  it.each<[string, unknown, RegExp]>([
    ['not an object', [attended], /^ an event is a JSON object, not an array$/],
    ['null', null, /^ an event is a JSON object, not null$/],
    ['specversion', { ...attended, specversion: '0.3' }, /^\/specversion must be "1.0", not "0.3"$/],
    ['no id', without(attended, 'id'), /^\/id is required$/],
    ['null id', { ...attended, id: null }, /^\/id is required$/],
    ['number id', { ...attended, id: 7 }, /^\/id must be 1 to 128/],
    ['empty id', { ...attended, id: '' }, /^\/id must be/],
    ['long id', { ...attended, id: '😀'.repeat(129) }, /^\/id must be/],
    ['control character in id', { ...attended, id: 'a\u0085' }, /^\/id must be/],
    ['lone surrogate in id', { ...attended, id: 'a\ud800' }, /^\/id must be/],
    ['no source', without(attended, 'source'), /^\/source is required$/],
    ['source with a space', { ...attended, source: 'area web' }, /^\/source must be a URI reference/],
    ['source with a bad escape', { ...attended, source: '/%g0' }, /^\/source must be/],
    ['source with a colon in front', { ...attended, source: '1:a' }, /^\/source must be/],
    ['long source', { ...attended, source: `/${'x'.repeat(256)}` }, /^\/source must be/],
    ['no type', without(attended, 'type'), /^\/type is required$/],
    [
      'unknown type',
      { ...attended, type: 'it.mip.attended.v9' },
      /^\/type there is no event type "it.mip.attended.v9"/,
    ],
    ['type of an object', { ...attended, type: '__proto__' }, /^\/type there is no event type/],
    ['no subject', without(attended, 'subject'), /^\/subject is required: the journey/],
    ['null subject', { ...attended, subject: null }, /^\/subject is required/],
    ['form of a subject', { ...attended, subject: 'J 1' }, /^\/subject must be 1 to 64/],
    ['subject of a contact', { ...contact, subject: 'J-1' }, /^\/subject contact-handled has no subject$/],
    ['no time', without(attended, 'time'), /^\/time is required$/],
    ['time without offset', { ...attended, time: '2020-05-12T10:00:00' }, /^\/time must be an RFC 3339/],
    ['second 60', { ...attended, time: '2016-12-31T23:59:60Z' }, /^\/time must be an RFC 3339/],
    [
      'time to come',
      { ...attended, time: '2021-01-15T12:05:00.001Z' },
      /^\/time .* after the server's clock/,
    ],
    ['time long ago', { ...contact, time: '1999-12-31T23:59:59.999Z' }, /^\/time .* before 2000/],
    [
      'recorded to come',
      { ...attended, recordedtime: '2021-01-15T13:00:00Z' },
      /^\/recordedtime .* server's clock/,
    ],
    [
      'recorded before',
      { ...attended, recordedtime: '2020-05-12T07:54:59Z' },
      /^\/recordedtime .* 5 minutes before/,
    ],
    ['no data', without(attended, 'data'), /^\/data is required$/],
    ['null data', { ...attended, data: null }, /^\/data is required$/],
    ['data as text', { ...attended, data: '{}' }, /^\/data must be an object/],
    ['data as array', { ...attended, data: [] }, /^\/data must be an object/],
    ['binary data', { ...attended, data_base64: '' }, /^\/data_base64 binary data is not taken/],
    [
      'content type',
      { ...attended, datacontenttype: 'text/json' },
      /^\/datacontenttype must be "application\/json"/,
    ],
    ['schema', { ...attended, dataschema: '' }, /^\/dataschema must be a URI/],
    ['name of an extension', { ...attended, 'a/B~': 1 }, /^\/a~1B~0 is no attribute/],
    ['long name', { ...attended, ['x'.repeat(21)]: 1 }, /^\/x{21} is no attribute/],
    ['extension as object', { ...attended, ext: {} }, /^\/ext must be a string, a number or a boolean/],
    ['endless extension', { ...attended, ext: Infinity }, /^\/ext must be/],
    [
      'number that lost digits',
      { ...attended, ext: 2 ** 53 },
      /^\/ext is a whole number beyond .* as a text$/,
    ],
    ['number far too large', { ...attended, ext: -1e300 }, /^\/ext is a whole number beyond/],
    ['lone surrogate in an extension', { ...attended, ext: '\udfff' }, /^\/ext must be/],
    ['missing property', { ...attended, data: {} }, /^\/data\/venue is required$/],
    [
      'unknown property',
      withData(attended, { note: 'x' }),
      /^\/data\/note attended has no property of this name$/,
    ],
    [
      'null property',
      withData(attended, { meetingId: null }),
      /^\/data\/meetingId must be 1 to 64 .* not null$/,
    ],
    ['null code', withData(contact, { topic: null }), /^\/data\/topic must be one of .* not null$/],
    [
      'unknown venue',
      { ...attended, data: { venue: 'CPI-ROMA' } },
      /^\/data\/venue there is no venue "CPI-ROMA"/,
    ],
    [
      'form of a venue',
      { ...attended, data: { venue: 'CPI ROMA' } },
      /^\/data\/venue must be a venue code .*"CPI ROMA"/,
    ],
    ['scheduledFor', booked, /^\/data\/scheduledFor must be an RFC 3339/],
    [
      'scheduledFor at second 60',
      withData(booked, { scheduledFor: '2020-06-30T23:59:60Z' }),
      /^\/data\/scheduledFor/,
    ],
    [
      'unknown nested',
      withData(registered, { profile: { name: 'x' } }),
      /^\/data\/profile\/name registered has no/,
    ],
    ['null nested', withData(registered, { profile: null }), /^\/data\/profile must be an object, not null/],
    [
      'born too early',
      withData(registered, { profile: { birthYear: 1899 } }),
      /^\/data\/profile\/birthYear must be/,
    ],
    [
      'born to come',
      withData(registered, { profile: { birthYear: 2022 } }),
      /^\/data\/profile\/birthYear .* to come/,
    ],
    [
      'fraction',
      withData(contact, { durationSeconds: 0.5 }),
      /^\/data\/durationSeconds must be a whole number/,
    ],
    [
      'too much',
      withData(contact, { durationSeconds: 1e9 + 1 }),
      /^\/data\/durationSeconds must be a whole number/,
    ],
    [
      'negative',
      withData(contact, { durationSeconds: -1 }),
      /^\/data\/durationSeconds must be a whole number/,
    ],
    [
      'no cycle',
      { ...attended, time: '2016-12-31T22:59:59Z' },
      /^\/time no programme cycle holds 2016-12-31; the cycles are 2017-2019 \(.*2020-2022 \(.*2023- \(from 2023-01-01\)$/,
    ],
    [
      'retracts an unknown type',
      withData(retracted, { type: 'it.mip.gone.v1' }),
      /^\/data\/type there is no event type/,
    ],
    [
      'retracts a retraction',
      withData(retracted, { type: retracted.type }),
      /^\/data\/type a retraction cannot/,
    ],
    [
      'retracts a contact of somebody',
      withData(retracted, { type: contact.type, day: '2020-05-12' }),
      /^\/subject/,
    ],
    [
      'retracts nobody’s attendance',
      without(withData(retracted, { type: attended.type }), 'subject'),
      /^\/subject is/,
    ],
    [
      'retracts without day',
      without(withData(retracted, { type: contact.type }), 'subject'),
      /^\/data\/day is required/,
    ],
    ['retracts on no day', withData(retracted, { day: '2020-02-30' }), /^\/data\/day must be a calendar day/],
  ])('is told so once: %s', (_case, event, error) => {
    const errors = errorsOf(event);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(error);
  });

  it('is told everything at once', () => {
    const wrong = {
      ...without(attended, 'id'),
      time: 'soon',
      extra_: 1,
      data: { venue: 'X', meetingId: ' ', a: 1 },
    };
    expect(errorsOf(wrong).map((error) => error.split(' ')[0])).toEqual([
      '/id',
      '/time',
      '/extra_',
      '/data/a',
      '/data/meetingId',
      '/data/venue',
    ]);
    const unborn = { territory: 'NOWHERE', profile: { birthYear: 2022 } };
    expect(errorsOf({ ...without(registered, 'time'), data: unborn })).toEqual([
      '/time is required',
      '/data/territory there is no territory "NOWHERE" in the programme catalogue',
      '/data/profile/birthYear 2022 is a year to come',
    ]);
    const subjectless = without(retracted, 'subject');
    expect(errorsOf(subjectless).map((error) => error.split(' ')[0])).toEqual(['/data/type', '/data/day']);
  });

  it('is told so when a text is of megabytes or properties are hundreds of thousands', () => {
    for (const text of ['a', '%20', 'a-', '//a@', 'it.mip.a-', '😀'].map((part) => part.repeat(1_000_000))) {
      const places = {
        ...attended,
        id: text,
        source: text,
        type: text,
        time: text,
        subject: text,
        dataschema: text,
      };
      expect(errorsOf(places)).toHaveLength(6);
      expect(errorsOf(withData(retracted, { source: text, id: text, type: text, day: text }))).toHaveLength(
        4,
      );
    }
  });

  it('is told of every name that nobody knows, of more than a thousand in one place only how many', () => {
    const names = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`Unknown${at}`, 1]));
    expect(errorsOf({ ...attended, ...names(1_000), data: { venue: 1, ...names(1_000) } })).toHaveLength(
      2_001,
    );
    const crowded = {
      ...registered,
      ...names(200_000),
      id: '',
      data: { territory: 1, profile: { ...names(1_001), gender: 'x' }, ...names(200_000) },
    };
    expect(errorsOf(crowded)).toEqual([
      expect.stringMatching(/^\/id /),
      ' the event has 200000 attributes that are wrong',
      '/data has 200000 properties that registered does not know',
      '/data/profile has 1001 properties that registered does not know',
      expect.stringMatching(/^\/data\/territory must be/),
      expect.stringMatching(/^\/data\/profile\/gender must be/),
    ]);
  });

  it('is told so for properties that every object inherits', () => {
    const text = '{"__proto__": {"venue": "CPI-ASTI"}, "constructor": 1, "toString": 1, "hasOwnProperty": 1}';
    const errors = errorsOf({ ...attended, data: JSON.parse(text) as unknown });
    expect(errors.map((error) => error.split(' ')[0]).toSorted()).toEqual([
      '/data/__proto__',
      '/data/constructor',
      '/data/hasOwnProperty',
      '/data/toString',
      '/data/venue',
    ]);
    expect(errorsOf(JSON.parse(`{"__proto__": ${JSON.stringify(attended)}}`))).toContain('/id is required');
  });
});

describe('recordedtime', () => {
  const recorded = { ...attended, recordedtime: '2020-05-13T08:00:00Z' };

  it('is read from a caller who may import', () => {
    expect(eventOf(recorded).recordedTime).toBe(Date.UTC(2020, 4, 13, 8));
  });

  it.each([recorded, { ...recorded, recordedtime: 7 }, { ...recorded, id: '' }])(
    'is forbidden to others',
    (event) => {
      const checked = checkEvent(event, { ...context, mayImport: false });
      expect(checked).toMatchObject({ ok: false, forbidden: true });
    },
  );

  it('counts as absent when it is null', () => {
    expect(checkEvent({ ...recorded, recordedtime: null }, { ...context, mayImport: false }).ok).toBe(true);
  });
});

describe('a code that is valid for a time', () => {
  const file = catalogue.describe();
  Object.assign(file.venues[0]!, { validFrom: '2020-03-29', validTo: '2020-10-25' });
  const limited = parseCatalogue(file);

  it.each([
    ['2020-03-28T23:59:59.999+01:00', false],
    ['2020-03-28T23:00:00.000Z', true],
    ['2020-10-24T23:59:59.999+02:00', true],
    ['2020-10-24T22:00:00.000Z', false],
  ])('at %s is taken: %s', (time, taken) => {
    const errors = errorsOf({ ...attended, time, data: { venue: 'CPI-ORBASSANO' } }, { catalogue: limited });
    expect(errors.length === 0).toBe(taken);
    if (!taken) expect(errors[0]).toMatch(/^\/data\/venue the venue "CPI-ORBASSANO" is not valid on 2020-/);
  });
});
