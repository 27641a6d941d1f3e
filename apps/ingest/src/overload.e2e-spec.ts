import 'reflect-metadata';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { MAX_BODY_BYTES } from './body/read-body.js';
import { type IngestLimits } from './ingest-limits.js';
import { attended, RunningIngest } from './testing/running-ingest.js';

const EVENT = 'application/cloudevents+json';
const LINES = 'application/x-ndjson';

interface Told {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

describe('ingest under more than it takes on', () => {
  let ingest: RunningIngest;
  let port: number;
  const open: ClientRequest[] = [];

  async function start(limits: Partial<IngestLimits> = {}): Promise<void> {
    ingest = await RunningIngest.start([], { limits });
    await ingest.app.listen(0, '127.0.0.1');
    port = Number(new URL(await ingest.app.getUrl()).port);
  }

  afterEach(async () => {
    for (const one of open.splice(0)) one.destroy();
    await ingest.stop();
  });

  /** A request whose body has begun and does not end by itself. */
  async function begin(type: string, body: string | Buffer, length?: number): Promise<ClientRequest> {
    const headers = { 'content-type': type, ...(length === undefined ? {} : { 'content-length': length }) };
    const sending = request({ port, path: '/v1/events', method: 'POST', headers, agent: false });
    open.push(sending);
    sending.on('error', () => undefined);
    await new Promise((resolve) => sending.write(body, resolve));
    return sending;
  }

  async function answerOf(sending: ClientRequest): Promise<Told> {
    const [answer] = (await once(sending, 'response')) as [IncomingMessage];
    const body = (await json(answer)) as Record<string, unknown>;
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  /** Sends one event until the answer has this status: when bodies have been read is for the server to know. */
  async function eventUntil(status: number): Promise<Told> {
    for (const limit = Date.now() + 20_000; ;) {
      const sending = await begin(EVENT, JSON.stringify(attended('small')));
      sending.end();
      const answer = await answerOf(sending);
      if (answer.status === status || Date.now() > limit) return answer;
    }
  }

  it('is told with Retry-After that there is no room, and finds room when others have gone', async () => {
    await start();
    const bodies = Array.from({ length: 4 }, (_, at) =>
      Buffer.from(JSON.stringify(attended(`large-${at}`)).padEnd(MAX_BODY_BYTES)),
    );
    const large = await Promise.all(bodies.map((body) => begin(EVENT, body.subarray(0, -1), MAX_BODY_BYTES)));
    const { status, headers, body } = await eventUntil(429);
    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 429, retryAfter: '1' });
    expect(body).toMatchObject({ type: 'urn:percorso:problem:overloaded', status: 429 });
    const answers = large.map(answerOf);
    for (const one of large) one.end(' ');
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect((await eventUntil(200)).status).toBe(200);
    const ids = (await ingest.stored()).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['large-0', 'large-1', 'large-2', 'large-3', 'small']);
  }, 60_000);

  it('has room for events whatever streams stand open, and for so many streams only', async () => {
    await start({ mostStreams: 3 });
    const lines = [1, 2, 3].map((at) => `${JSON.stringify(attended(`s${at}`))}\n`);
    const streams = await Promise.all(lines.map((line) => begin(LINES, line)));
    while ((await ingest.stored()).length < 3) await pause(5);
    const { status, headers } = await ingest.lines([attended('x')]);
    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 429, retryAfter: '1' });
    expect((await ingest.event(attended('a'))).status).toBe(200);
    const largest = attended('b', { padding: 'x'.repeat(7 * 1024 * 1024) });
    expect((await ingest.batch([largest])).status).toBe(200);
    const [first] = streams;
    const ended = answerOf(first!);
    first!.end();
    expect((await ended).body).toMatchObject({ accepted: 1 });
    expect((await ingest.lines([attended('x')])).status).toBe(200);
  }, 60_000);

  it('ends a stream that stands still, and tells what of it is stored', async () => {
    await start({ stallMs: 300, mostStreams: 1 });
    const text = JSON.stringify(attended('a'));
    const { status, headers, body } = await answerOf(await begin(LINES, `${text}\n\n${text.slice(0, 40)}`));
    expect({ status, connection: headers.connection }).toEqual({ status: 408, connection: 'close' });
    expect(body).toMatchObject({ type: 'urn:percorso:problem:timeout', status: 408, stored: 1, line: 3 });
    expect((await ingest.lines([attended('b')])).status).toBe(200);
  });

  it('ends an event that stands still, and one that never ends', async () => {
    await start({ stallMs: 300, longestBodyMs: 900, mostRequests: 1 });
    const still = await answerOf(await begin(EVENT, '{"id":', 100));
    expect(still).toMatchObject({ status: 408, body: { status: 408 } });
    expect(still.body['detail']).toBe('Nothing of the body came for 0.3 seconds.');
    const dripping = await begin(EVENT, '{');
    const answer = answerOf(dripping);
    const timer = setInterval(() => dripping.write(' '), 50);
    const { status, body } = await answer.finally(() => clearInterval(timer));
    expect({ status, detail: body['detail'] }).toEqual({
      status: 408,
      detail: 'The body took more than 0.9 seconds.',
    });
    expect((await ingest.event(attended('a'))).status).toBe(200);
  });
});
