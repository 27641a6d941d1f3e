import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BadRequest, VALID_EVENT } from './support/bad-request.js';
import { badRequests } from './support/bad-requests.js';
import { ServerProcess } from './support/server-process.js';

const RUNS = 2500;
const SOME = expect.arrayContaining([
  expect.objectContaining({ detail: expect.any(String) as string }),
]) as unknown;

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends exactly these bytes; `fetch` would mend some of them. */
function send(url: string, { method, path, headers, body }: BadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, method, path, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (part: string) => (text += part));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode!, contentType: incoming.headers['content-type'] ?? '', text }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('requests that are wrong', () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-bad-'));
    server = await ServerProcess.start(folder);
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(`are refused with a problem, ${RUNS} of them, and store nothing`, async () => {
    await fc.assert(
      fc.asyncProperty(badRequests, async (bad) => {
        const answer = await send(server.url, bad);
        const seen = `${bad.what}: ${answer.status} ${answer.contentType} ${answer.text.slice(0, 300)}`;
        if (bad.isLeftOut) {
          expect(seen).toMatch(/: 200 application\/json/);
          expect(JSON.parse(answer.text)).toMatchObject({ accepted: 0, duplicates: 0, errors: SOME });
          return;
        }
        expect(seen).toMatch(/: 4\d\d application\/problem\+json/);
        const problem = JSON.parse(answer.text) as Record<string, unknown>;
        expect(problem['status']).toBe(answer.status);
        for (const member of ['type', 'title', 'detail']) expect(typeof problem[member]).toBe('string');
      }),
      { numRuns: RUNS },
    );
    const log = await server.get<{ items: unknown[] }>('/v1/audit/log');
    expect(log.items).toEqual([]);
  }, 180_000);

  it('leave a server that still takes a right one', async () => {
    const answer = await send(server.url, {
      what: 'a right event',
      method: 'POST',
      path: '/v1/events',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(VALID_EVENT),
    });
    expect(answer.status).toBe(200);
  });
});
