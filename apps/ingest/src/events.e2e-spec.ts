import 'reflect-metadata';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { attended, contact, retracted, RunningIngest } from './testing/running-ingest.js';

const VENUE = { venue: 'CPI-RIVOLI' };

describe('POST /v1/events', () => {
  let ingest: RunningIngest;

  beforeEach(async () => {
    ingest = await RunningIngest.start();
  });

  afterEach(() => ingest.stop());

  const ids = async () => (await ingest.stored()).map(({ id }) => id);

  describe('one event', () => {
    it('is stored before the answer, with its position and recorded time', async () => {
      const before = Date.now();
      const { status, body } = await ingest.event(attended('a'));
      const [fact] = await ingest.stored();
      const recordedAt = new Date(fact!.recorded).toISOString();
      expect(status).toBe(200);
      expect(body).toEqual({
        accepted: 1,
        duplicates: 0,
        position: String(fact!.position),
        results: [{ id: 'a', status: 'accepted', position: String(fact!.position), recordedAt }],
      });
      expect(fact!.recorded).toBeGreaterThanOrEqual(before);
      expect(fact!.accepted).toBe(fact!.recorded);
    });

    it('is a duplicate the second time, with the values of the first', async () => {
      const first = await ingest.event(attended('a'));
      const again = await ingest.event(
        attended('a', { time: '2020-05-12T12:00:00.0004+02:00', datacontenttype: 'application/json' }),
      );
      expect(again.body).toEqual({
        ...first.body,
        accepted: 0,
        duplicates: 1,
        results: [{ ...(first.body['results'] as object[])[0], status: 'duplicate' }],
      });
      expect(await ids()).toEqual(['a']);
    });

    it.each([
      ['data', { data: VENUE }],
      ['time', { time: '2020-05-12T10:00:01Z' }],
      ['type', { type: 'it.mip.absent.v1' }],
    ])('is a conflict when its id is known with another %s', async (what, changes) => {
      await ingest.event(attended('a'));
      const { status, body } = await ingest.event(attended('a', changes));
      expect(status).toBe(409);
      expect(body).toMatchObject({
        status: 409,
        errors: [{ pointer: '/id', detail: expect.stringContaining(`another ${what}`) as string }],
      });
      expect(await ids()).toEqual(['a']);
    });

    it('is another event under another subject or source', async () => {
      await ingest.batch([
        attended('a'),
        attended('a', { subject: 'J-2' }),
        attended('a', { source: '/other' }),
      ]);
      expect(await ids()).toEqual(['a', 'a', 'a']);
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['no id', { id: undefined }, '/id'],
      ['no data', { data: undefined }, '/data'],
      ['an unknown type', { type: 'it.mip.flown.v1' }, '/type'],
      ['an unknown venue', { data: { venue: 'NOWHERE' } }, '/data/venue'],
      ['an unknown property', { data: { venue: 'ONLINE-TORINO', name: 'x' } }, '/data/name'],
      ['a time to come', { time: '2199-01-01T00:00:00Z' }, '/time'],
      ['no subject', { subject: undefined }, '/subject'],
      ['binary data', { data_base64: 'AA==' }, '/data_base64'],
    ])('with %s is refused with its place', async (_, changes, pointer) => {
      const { status, headers, body } = await ingest.event(attended('a', changes));
      expect(status).toBe(422);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(body).toMatchObject({ status: 422, errors: [{ pointer }] });
      expect(await ids()).toEqual([]);
    });

    it.each([['[]'], ['null'], ['1'], ['"text"']])('that is %s is no event', async (text) => {
      expect((await ingest.event(text)).status).toBe(422);
    });

    it.each([
      ['broken JSON', '{"id":'],
      ['nothing', ''],
      ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ])('as %s is malformed', async (_, payload) => {
      expect(await ingest.event(payload)).toMatchObject({ status: 400, body: { status: 400 } });
    });

    it('may begin with a byte order mark and be nested as deep as it likes', async () => {
      expect((await ingest.event(`\ufeff${JSON.stringify(attended('a'))}`)).status).toBe(200);
      const deep = JSON.stringify(attended('b')).replace(
        '"ONLINE-TORINO"',
        '['.repeat(50_000) + ']'.repeat(50_000),
      );
      expect((await ingest.event(deep)).status).toBe(422);
    });

    it('over 8 MiB is too large, told or found out', async () => {
      const huge = attended('a', { huge: 'x'.repeat(8 * 1024 * 1024) });
      expect((await ingest.event(huge)).status).toBe(413);
    });
  });

  describe('binary mode', () => {
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'caff%C3%A8%20%22x%22',
      'ce-source': '/area-web',
      'ce-type': 'it.mip.attended.v1',
      'ce-subject': 'J-1',
      'ce-time': '2020-05-12T10:00:00Z',
      'ce-trace': 'a1',
    };
    const send = (changes: Record<string, string> = {}, payload = JSON.stringify(VENUE)) =>
      ingest.post('application/json', payload, { headers: { ...headers, ...changes } });

    it('takes attributes from percent-encoded headers', async () => {
      expect((await send()).status).toBe(200);
      expect(await ingest.stored()).toMatchObject([
        { id: 'caffè "x"', data: VENUE, attributes: { trace: 'a1', datacontenttype: 'application/json' } },
      ]);
    });

    it('refuses headers that cannot be attributes', async () => {
      expect(await send({ 'ce-id': '%FF' })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/id' }] },
      });
      expect(await send({ 'ce-data': 'x' })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/data' }] },
      });
      expect((await send({}, '{')).status).toBe(400);
    });

    it.each([
      [
        'raw UTF-8',
        { 'ce-id': Buffer.from('caffè').toString('latin1') },
        /^has characters outside printable ASCII/,
      ],
      ['a control character', { 'ce-id': 'a\tb' }, /^has characters outside printable ASCII/],
    ])('refuses %s in a header and tells what else is wrong', async (_, changes, detail) => {
      const { status, body } = await send({ ...changes, 'ce-time': 'soon' }, '{"venue":"NOWHERE"}');
      expect(status).toBe(422);
      expect(body['errors']).toEqual([
        { pointer: '/id', detail: expect.stringMatching(detail) as string },
        { pointer: '/time', detail: expect.stringMatching(/^must be/) as string },
        { pointer: '/data/venue', detail: expect.stringMatching(/^there is no venue/) as string },
      ]);
      expect(await ids()).toEqual([]);
    });

    it('refuses a header that is given more than once', async () => {
      await ingest.app.listen(0, '127.0.0.1');
      const address = new URL(await ingest.app.getUrl());
      const raw = Object.entries({ ...headers, 'content-type': 'application/json' }).flat();
      const twice = ['Host', address.host, ...raw, 'CE-Id', 'e2', 'Content-Length', '2'];
      const sending = request({ port: address.port, path: '/v1/events', method: 'POST', headers: twice });
      sending.end('{}');
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      const { errors } = (await json(answer)) as { errors: object[] };
      expect(answer.statusCode).toBe(422);
      expect(errors).toEqual([
        { pointer: '/id', detail: 'the header ce-id is given more than once' },
        { pointer: '/data/venue', detail: 'is required' },
      ]);
    });

    it('needs the right to import for its recorded time, however the headers are wrong', async () => {
      const changes = { 'ce-recordedtime': 'caff\xe8', 'ce-id': '%FF' };
      const stranger = await RunningIngest.start([{ key: 'k', roles: ['emitter'] }]);
      const answer = await stranger.post('application/json', VENUE, {
        headers: { ...headers, ...changes, authorization: 'Bearer k' },
      });
      await stranger.stop();
      expect(answer.status).toBe(403);
    });

    it('needs at least one ce- header', async () => {
      expect((await ingest.post('application/json', attended('a'))).status).toBe(415);
    });
  });

  describe('what is sent', () => {
    it.each([
      '',
      'text/plain',
      'application/cloudevents+xml',
      'application/cloudevents+json; charset=utf-16',
      'nonsense',
    ])('as "%s" is not taken', async (type) => {
      expect((await ingest.post(type, attended('a'))).status).toBe(415);
    });

    it('may name its charset, but not be compressed', async () => {
      expect((await ingest.post('Application/CloudEvents+JSON; charset="UTF-8"', attended('a'))).status).toBe(
        200,
      );
      const headers = { 'content-encoding': 'gzip' };
      expect((await ingest.post('application/cloudevents+json', attended('b'), { headers })).status).toBe(
        415,
      );
    });

    it.each([
      ['?x=1', 'x'],
      ['?__proto__=1', '__proto__'],
      ['?onError=ignore', 'onError'],
      ['?onError=skip&onError=skip', 'onError'],
      ['?validateOnly=', 'validateOnly'],
    ])('with %s is refused by the name of the parameter', async (query, parameter) => {
      const { status, body } = await ingest.event(attended('a'), query);
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ parameter }] });
    });
  });

  describe('a batch', () => {
    it('gives a result for each, repeats included', async () => {
      const { body } = await ingest.batch([attended('a'), attended('b', { subject: 'J-2' }), attended('a')]);
      expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
      const results = body['results'] as { id: string; status: string; position: string }[];
      expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual([
        'a accepted',
        'b accepted',
        'a duplicate',
      ]);
      expect(results[2]!.position).toBe(results[0]!.position);
    });

    it('that is empty gives zeros and where the log stands', async () => {
      expect((await ingest.batch([])).body).toEqual({
        accepted: 0,
        duplicates: 0,
        position: '0',
        results: [],
      });
      await ingest.event(attended('a'));
      expect((await ingest.batch([])).body).toMatchObject({ position: '1' });
    });

    it('is refused as a whole, with every error by index and pointer', async () => {
      await ingest.event(attended('known'));
      const { status, body } = await ingest.batch([
        attended('a'),
        attended('b', { time: 'yesterday', data: {} }),
        retracted('r', { id: 'nobody' }),
        attended('known', { data: VENUE }),
      ]);
      expect(status).toBe(422);
      expect(body).toMatchObject({
        errors: [
          { index: 1, pointer: '/time' },
          { index: 1, pointer: '/data/venue' },
          { index: 2, pointer: '/data/id' },
        ],
      });
      expect(await ids()).toEqual(['known']);
    });

    it('tells every conflict when nothing else is wrong', async () => {
      await ingest.event(attended('known'));
      const { status, body } = await ingest.batch([
        attended('a'),
        attended('known', { data: VENUE }),
        attended('a', { data: VENUE }),
      ]);
      expect(status).toBe(409);
      expect(body).toMatchObject({ errors: [{ index: 1 }, { index: 2 }] });
      expect(await ids()).toEqual(['known']);
    });

    it('with onError=skip stores the right ones and reports the others', async () => {
      const { status, body } = await ingest.batch(
        [attended('a'), attended('b', { data: {} }), attended('a', { data: VENUE }), attended('c')],
        '?onError=skip',
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        accepted: 2,
        rejected: 2,
        errors: [{ index: 1, pointer: '/data/venue' }, { index: 2 }],
      });
      expect(await ids()).toEqual(['a', 'c']);
    });

    it('with validateOnly gives the answer of a real request and leaves the log as it is', async () => {
      await ingest.event(attended('known'));
      const { body } = await ingest.batch(
        [attended('known'), attended('a'), attended('a')],
        '?validateOnly=true',
      );
      const unplaced = { position: null, recordedAt: null };
      expect(body).toEqual({
        accepted: 1,
        duplicates: 2,
        position: '1',
        results: [
          { id: 'known', status: 'duplicate', ...unplaced },
          { id: 'a', status: 'accepted', ...unplaced },
          { id: 'a', status: 'duplicate', ...unplaced },
        ],
      });
      expect((await ingest.batch([attended('b', { data: {} })], '?validateOnly=true')).status).toBe(422);
      expect(await ids()).toEqual(['known']);
    });

    it('is an array of at most 1,000', async () => {
      expect((await ingest.batch(attended('a'))).status).toBe(422);
      const many = Array.from({ length: 1_001 }, (_, index) => attended(`${index}`));
      expect((await ingest.batch(many)).status).toBe(413);
      expect((await ingest.batch(many.slice(1))).body).toMatchObject({ accepted: 1_000 });
    });
  });

  describe('a retraction', () => {
    it('takes back what is known or stands earlier in the request, and again', async () => {
      await ingest.event(attended('a'));
      const { body } = await ingest.batch([
        attended('b'),
        retracted('r1', { id: 'b', type: 'it.mip.attended.v1', day: '2020-05-12' }),
        retracted('r2', { id: 'a' }),
        retracted('r3', { id: 'a' }),
      ]);
      expect(body).toMatchObject({ accepted: 4 });
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['an unknown event', { id: 'x' }, '/data/id'],
      ['a retraction', { id: 'r0' }, '/data/id'],
      ['an event of another type', { id: 'a', type: 'it.mip.absent.v1' }, '/data/type'],
      ['an event of another day', { id: 'a', day: '2020-05-13' }, '/data/day'],
    ])('of %s is an error', async (_, target, pointer) => {
      await ingest.batch([attended('a'), retracted('r0', { id: 'a' })]);
      const { status, body } = await ingest.event(retracted('r', target));
      expect(status).toBe(422);
      expect(body).toMatchObject({ errors: [{ pointer }] });
    });

    it('of an event of another journey is an error', async () => {
      await ingest.event(attended('a', { subject: 'J-2' }));
      expect((await ingest.event(retracted('r', { id: 'a' }))).status).toBe(422);
    });

    it('without subject follows the event that it takes back into the log', async () => {
      const back = retracted(
        'r',
        { source: '/help-desk', id: 'c', type: 'it.mip.contact-handled.v1', day: '2020-05-12' },
        { subject: undefined },
      );
      expect((await ingest.event(back)).status).toBe(422);
      const { body } = await ingest.batch([contact('c'), back, back]);
      expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
      expect(await ids()).toEqual(['c', 'r']);
    });
  });
});
