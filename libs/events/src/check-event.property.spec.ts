import { loadCatalogue } from '#catalogue';
import { isoDay, romeDay } from '#calendar';
import fc from 'fast-check';
import { arbitraryEvent } from './arbitraries.js';
import { checkEvent } from './check-event.js';
import { toCloudEvent, canonicalFact, sameContent, toFact } from './fact-content.js';
import { type JsonObject, type StoredFact } from './fact.js';
import { readFact } from './read-fact.js';
import { groupOf, streamOf, targetStream } from './streams.js';

const catalogue = loadCatalogue();
const now = Date.UTC(2021, 0, 15, 12);
const context = { catalogue, now, mayImport: true };
const events = arbitraryEvent(catalogue, { now, imports: true });

function taken(input: JsonObject) {
  const checked = checkEvent(input, context);
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.event;
}

const times = fc.record({
  recorded: fc.integer({ min: 0, max: now }),
  accepted: fc.integer({ min: 0, max: now }),
});

describe('checkEvent', () => {
  it('takes every event that is drawn as valid, and keeps its data', () => {
    fc.assert(
      fc.property(events, (event) => expect(taken(event).data).toEqual(event['data'])),
      { numRuns: 500 },
    );
  });

  it('never throws and refuses what is no event', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true });
    fc.assert(fc.property(anything, (value) => expect(checkEvent(value, context).ok).toBe(false)));
  });

  it('never throws for an event with anything in the place of anything', () => {
    const check = (event: JsonObject, at: number, value: unknown) => {
      const names = [...Object.keys(event), 'dataschema', 'recordedtime', '__proto__'];
      const changed = { ...event };
      Object.defineProperty(changed, names[at % names.length]!, { value, enumerable: true });
      expect(typeof checkEvent(changed, context).ok).toBe('boolean');
      expect(
        typeof checkEvent({ ...event, data: { ...(event['data'] as object), [names[0]!]: value } }, context)
          .ok,
      ).toBe('boolean');
    };
    fc.assert(fc.property(events, fc.nat(), fc.anything({ withBigInt: true }), check), { numRuns: 500 });
  });

  it('names the place of a property that nobody knows', () => {
    const check = (event: JsonObject, name: string) => {
      const { data, ...envelope } = event as { data: JsonObject } & JsonObject;
      fc.pre(!(name in data));
      const checked = checkEvent({ ...envelope, data: { ...data, [name]: 1 } }, context);
      const pointer = `/data/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      expect(checked).toMatchObject({ ok: false, errors: [{ pointer }] });
    };
    fc.assert(fc.property(events, fc.string({ unit: fc.constantFrom('a', '~', '/', '0', '1') }), check));
  });
});

describe('a fact', () => {
  it('given back and sent again is the same event', () => {
    const check = (input: JsonObject, at: { recorded: number; accepted: number }) => {
      const event = taken(input);
      // An import is never recorded before it happened.
      const fact = toFact(event, { ...at, recorded: Math.max(at.recorded, event.time) });
      const given = JSON.parse(JSON.stringify(toCloudEvent(fact, '17'))) as JsonObject;
      expect(given['position']).toBe('17');
      const again = taken(given);
      expect(again).toEqual({ ...event, recordedTime: fact.recorded });
      expect(sameContent(fact, again)).toBe(true);
      expect(streamOf(again)).toBe(streamOf(fact));
    };
    fc.assert(fc.property(events, times, check), { numRuns: 300 });
  });

  it('is the same content whatever the order of keys, the offset and the other attributes', () => {
    const check = (input: JsonObject) => {
      const { data, ...rest } = input as { data: JsonObject } & JsonObject;
      const time = new Date(taken(input).time).toISOString();
      const other = taken({
        data: Object.fromEntries(Object.entries(data).reverse()),
        ...rest,
        time,
        other: 'x',
      });
      expect(sameContent(taken(input), other)).toBe(true);
    };
    fc.assert(fc.property(events, check));
  });

  it('is other content with another type, time or data', () => {
    const check = (one: JsonObject, other: JsonObject) => {
      const [a, b] = [taken(one), taken(other)];
      expect(sameContent(a, { ...a, time: a.time + 1 })).toBe(false);
      expect(sameContent(a, { ...a, data: { ...a.data, more: 1 } })).toBe(false);
      if (a.type !== b.type) expect(sameContent(a, { ...a, type: b.type })).toBe(false);
    };
    fc.assert(fc.property(events, events, check));
  });

  it('has one canonical text, which its times are part of and its place is not', () => {
    const check = (input: JsonObject, at: { recorded: number; accepted: number }) => {
      const fact = toFact(taken(input), at);
      const stored = {
        position: 5,
        stream: 's',
        revision: 2,
        ...(JSON.parse(JSON.stringify(fact)) as typeof fact),
      };
      expect(canonicalFact(stored)).toBe(canonicalFact(fact));
      expect(canonicalFact({ ...fact, recorded: fact.recorded + 1 })).not.toBe(canonicalFact(fact));
      expect(canonicalFact({ ...fact, accepted: fact.accepted + 1 })).not.toBe(canonicalFact(fact));
    };
    fc.assert(fc.property(events, times, check));
  });

  it('is read back from a log as it was taken', () => {
    const check = (input: JsonObject, at: { recorded: number; accepted: number }) => {
      const event = taken(input);
      const stored: StoredFact = { ...toFact(event, at), position: 1, revision: 0, stream: streamOf(event) };
      expect(readFact(stored)).toEqual({ ok: true, fact: { ...stored, name: event.name } });
    };
    fc.assert(fc.property(events, times, check));
  });
});

describe('streams', () => {
  const base = { time: Date.UTC(2020, 4, 12, 22, 30), data: {} };

  it.each([
    ['it.mip.attended.v1', { subject: 'J-1' }, 'journey-J-1', 'journey-J-1'],
    ['it.mip.meeting-held.v1', { subject: 'M-1' }, 'meeting-M-1', 'meeting-M-1'],
    ['it.mip.contact-handled.v1', {}, 'contact-handled-2020-05-13', 'contact-handled-2020-05-13'],
    ['it.mip.web-traffic.v1', {}, 'web-traffic-2020-05-13', 'web-traffic-2020-05-13'],
    ['it.mip.retracted.v1', { subject: 'J-1' }, 'journey-J-1', 'journey-J-1'],
    [
      'it.mip.retracted.v1',
      { subject: 'J-1', data: { type: 'it.mip.absent.v1' } },
      'journey-J-1',
      'journey-J-1',
    ],
    [
      'it.mip.retracted.v1',
      { subject: 'M-1', data: { type: 'it.mip.meeting-held.v1' } },
      'meeting-M-1',
      'meeting-M-1',
    ],
    [
      'it.mip.retracted.v1',
      { data: { type: 'it.mip.web-traffic.v1', day: '2020-04-01' } },
      'retracted-2020-05-13',
      'web-traffic-2020-04-01',
    ],
  ])('%s %j stands in %s and is about %s', (type, more, stream, group) => {
    const fact = { ...base, type, ...more };
    expect(streamOf(fact)).toBe(stream);
    expect(groupOf(fact)).toBe(group);
  });

  it('find the event that a retraction takes back', () => {
    const check = (input: JsonObject) => {
      const target = taken(input);
      fc.pre(target.name !== 'retracted');
      const data = {
        source: target.source,
        id: target.id,
        reason: 'other',
        type: target.type,
        day: isoDay(romeDay(target.time)),
      };
      const { subject, type: _type, ...rest } = input;
      const retraction = taken({
        ...rest,
        ...(subject ? { subject } : {}),
        type: 'it.mip.retracted.v1',
        data,
      });
      expect(targetStream(retraction)).toBe(streamOf(target));
      expect(groupOf(retraction)).toBe(groupOf(target));
    };
    fc.assert(fc.property(events, check));
  });

  it('are not made up for a type that is not known', () => {
    expect(() => streamOf({ ...base, type: 'it.mip.gone.v1' })).toThrow(
      'there is no event type it.mip.gone.v1',
    );
  });
});
