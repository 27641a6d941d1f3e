import 'reflect-metadata';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventLogError } from '#event-log';
import { attended, retracted, RunningIngest } from './testing/running-ingest.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const WRONG = { venue: 'NOWHERE' };

describe('POST /v1/events with lines', () => {
  let ingest: RunningIngest;

  beforeEach(async () => {
    ingest = await RunningIngest.start();
  });

  afterEach(() => ingest.stop());

  const ids = async () => (await ingest.stored()).map(({ id }) => id);

  it('gives the sums', async () => {
    const { status, body } = await ingest.lines([attended('a'), attended('b'), attended('a')]);
    expect(status).toBe(200);
    expect(body).toEqual({ accepted: 2, duplicates: 1, position: '2' });
    expect((await ingest.lines([])).body).toEqual({ accepted: 0, duplicates: 0, position: '2' });
  });

  it('skips empty lines, takes CRLF, a byte order mark, and a last line without end', async () => {
    const [a, b] = [attended('a'), attended('b')].map((event) => JSON.stringify(event));
    const { body } = await ingest.post('application/x-ndjson', `\ufeff${a}\r\n\r\n \t\n\n${b}`);
    expect(body).toMatchObject({ accepted: 2 });
  });

  it.each<[string, unknown, number]>([
    ['is not JSON', '{"id":', 422],
    ['is no event', '[]', 422],
    ['is wrong', attended('x', { data: WRONG }), 422],
    ['takes back what is not there', retracted('x', { id: 'nobody' }), 422],
    ['is in conflict', attended('a', { data: { venue: 'CPI-RIVOLI' } }), 409],
    ['is too long', attended('x', { huge: 'x'.repeat(1024 * 1024) }), 413],
  ])('ends at a line that %s; every line before it is stored', async (_, bad, expected) => {
    const { status, body } = await ingest.lines([attended('a'), '', attended('b'), bad, attended('c')]);
    expect(status).toBe(expected);
    expect(body).toMatchObject({ status: expected, line: 4, stored: 2, errors: [{ line: 4 }] });
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('ends at invalid UTF-8 as at any bad line', async () => {
    const payload = Buffer.concat([
      Buffer.from(`${JSON.stringify(attended('a'))}\n`),
      Buffer.from([0xc3, 0x28, 0x0a]),
    ]);
    expect(await ingest.post('application/x-ndjson', payload)).toMatchObject({
      status: 422,
      body: { line: 2, stored: 1 },
    });
  });

  it('can be sent again as a whole to complete it', async () => {
    const file = [attended('a'), attended('b', { data: WRONG }), attended('c')];
    await ingest.lines(file);
    file[1] = attended('b');
    expect((await ingest.lines(file)).body).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  it('with onError=skip reports bad lines and goes on', async () => {
    const bad = Array.from({ length: 1_200 }, () => '{');
    const { status, body } = await ingest.lines(
      [...bad, attended('a'), attended('a', { data: {} })],
      '?onError=skip',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, duplicates: 0, rejected: 1_201 });
    expect(body['errors']).toHaveLength(1_000);
    expect((body['errors'] as unknown[])[999]).toMatchObject({ line: 1_000 });
  });

  it('with onError=skip leaves out lines that are too long, wherever they end', async () => {
    const long = 'x'.repeat(1024 * 1024 + 1);
    const { status, body } = await ingest.lines(
      [attended('a'), long, '', attended('b'), `${long}${long}`, attended('c'), long],
      '?onError=skip',
    );
    expect(status).toBe(200);
    const detail = 'the line has more than 1048576 bytes';
    expect(body).toMatchObject({
      accepted: 3,
      rejected: 3,
      errors: [2, 5, 7].map((line) => ({ line, detail })),
    });
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  it('ends when the log does, and tells exactly how many facts are stored and from which line on', async () => {
    const failing = await RunningIngest.start([], {
      around: (log) => ({
        append: (request) =>
          request.stream === 'journey-J-2'
            ? Promise.reject(new EventLogError('unavailable', 'away'))
            : log.append(request),
        readStream: (stream) => log.readStream(stream),
        readAll: (options) => log.readAll(options),
        follow: (options) => log.follow(options),
        maxFactBytes: log.maxFactBytes,
        head: () => log.head(),
        close: () => log.close(),
      }),
    });
    const subjects = ['J-1', 'J-3', 'J-2', 'J-1'];
    const events = subjects.map((subject, at) => attended(`${at}`, { subject }));
    const { status, headers, body } = await failing.lines([...events, '']);
    const facts = await failing.stored();
    await failing.stop();
    expect(facts).toHaveLength(3);
    expect({ status, retryAfter: headers['retry-after'], ...body }).toMatchObject({
      status: 503,
      retryAfter: '1',
      stored: 3,
      line: 3,
    });
  }, 60_000);

  it('with validateOnly stores nothing', async () => {
    const { body } = await ingest.lines([attended('a'), retracted('r', { id: 'a' })], '?validateOnly=true');
    expect(body).toEqual({ accepted: 2, duplicates: 0, position: '0' });
    expect((await ingest.lines([attended('a'), '{'], '?validateOnly=true')).body).toMatchObject({
      line: 2,
      stored: 0,
    });
    expect(await ids()).toEqual([]);
  });

  it('stores facts of a body that has not ended, reads it no faster than it stores, and forgets a torn line', async () => {
    await ingest.app.listen(0, '127.0.0.1');
    const sending = request(`${await ingest.app.getUrl()}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    sending.on('error', () => undefined);
    sending.write(`${JSON.stringify(attended('a'))}\n${JSON.stringify(attended('b')).slice(0, 40)}`);
    while ((await ids()).length === 0) await pause(5);
    sending.destroy();
    await pause(50);
    expect(await ids()).toEqual(['a']);
    expect((await ingest.event(attended('b'))).status).toBe(200);
  });

  it('takes a long body in bounded memory', async () => {
    await ingest.app.listen(0, '127.0.0.1');
    const lines = 30_000;
    const padding = 'x'.repeat(4_000);
    const sending = request(`${await ingest.app.getUrl()}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const answered = once(sending, 'response');
    // What other specs of this process have left behind is not counted, nor what only waits to be swept up.
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    let highest = 0;
    for (let number = 0; number < lines; number += 1) {
      const line = JSON.stringify(attended(`${number}`, { subject: `J-${number % 5_000}`, padding }));
      if (!sending.write(`${line}\n`)) await once(sending, 'drain');
      if (number % 5_000 > 0) continue;
      collectGarbage();
      highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
    }
    sending.end();
    const [answer] = (await answered) as [AsyncIterable<Buffer>];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    expect(JSON.parse(Buffer.concat(parts).toString())).toMatchObject({ accepted: lines });
    // The body has 120 MB.
    expect(highest).toBeLessThan(60_000_000);
  }, 120_000);
});
