import 'reflect-metadata';
import { type Role } from '#http';
import { attended, RunningIngest } from './testing/running-ingest.js';

const keys: { key: string; roles: Role[] }[] = [
  { key: 'emits', roles: ['emitter'] },
  { key: 'imports', roles: ['emitter', 'import'] },
  { key: 'reads', roles: ['analyst'] },
];
const EVENT = 'application/cloudevents+json';
const RECORDED = '2020-05-13T08:00:00.000Z';

describe('the rights of a sender', () => {
  let ingest: RunningIngest;

  beforeAll(async () => {
    ingest = await RunningIngest.start(keys);
  });

  afterAll(() => ingest.stop());

  const send = (key: string, event: unknown, query = '', type = EVENT) =>
    ingest.post(type, event, { query, headers: key === '' ? {} : { authorization: `Bearer ${key}` } });

  it.each([[''], ['unknown'], ['emits2']])('without a known key (%s) nothing is taken', async (key) => {
    const { status, headers } = await send(key, attended('x'));
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is asked for before the body and its type are looked at', async () => {
    expect((await send('', 'x', '?x=1', 'text/plain')).status).toBe(401);
    expect((await send('reads', 'x', '?x=1', 'text/plain')).status).toBe(403);
  });

  it('a key of another role is refused', async () => {
    expect(await send('reads', attended('x'))).toMatchObject({ status: 403, body: { status: 403 } });
  });

  it('recordedtime needs the right to import, and nothing of the request is stored without', async () => {
    const dated = attended('dated', { recordedtime: RECORDED });
    const before = await ingest.stored();
    for (const query of ['', '?onError=skip']) {
      expect(await send('emits', dated, query)).toMatchObject({
        status: 403,
        body: { errors: [{ pointer: '/recordedtime' }] },
      });
      const batch = await send('emits', [attended('y'), dated], query, 'application/cloudevents-batch+json');
      expect(batch).toMatchObject({ status: 403, body: { errors: [{ index: 1 }] } });
    }
    expect(await ingest.stored()).toEqual(before);
  });

  it('in a stream it ends at that line, also with onError=skip', async () => {
    const file = [attended('z1'), attended('z2', { recordedtime: RECORDED }), attended('z3')];
    const text = file.map((event) => JSON.stringify(event)).join('\n');
    const answer = await send('emits', text, '?onError=skip', 'application/x-ndjson');
    expect(answer).toMatchObject({ status: 403, body: { line: 2, stored: 1 } });
  });

  it('an importer says when its facts were recorded', async () => {
    const { body } = await send('imports', attended('dated', { recordedtime: RECORDED }));
    expect(body).toMatchObject({ results: [{ recordedAt: RECORDED }] });
    const fact = (await ingest.stored()).find(({ id }) => id === 'dated');
    expect(fact!.accepted).toBeGreaterThan(fact!.recorded);
  });
});
