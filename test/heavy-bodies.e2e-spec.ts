import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VALID_EVENT } from './support/bad-request.js';
import { ServerProcess } from './support/server-process.js';

const MIB = 1024 * 1024;
const EVENT = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const LINES = 'application/x-ndjson';
/** What anybody else may wait, also on a machine that runs other tests beside; without care it was many seconds. */
const LONGEST_WAIT_MS = 1_500;

/** As many members as have room: `"A0":1,"A1":1,…` */
function members(bytes: number, prefix: string): string {
  const parts: string[] = [];
  for (let length = 0, at = 0; length < bytes; at += 1) {
    parts.push(`"${prefix}${at}":1`);
    length += parts.at(-1)!.length + 1;
  }
  return parts.join(',');
}

const event = JSON.stringify(VALID_EVENT);
const withMembers = (bytes: number, prefix = 'A') => event.replace('{', `{${members(bytes, prefix)},`);
const withData = (bytes: number) => event.replace('"data":{', `"data":{${members(bytes, 'A')},`);
const withPadding = (id: string, bytes: number) =>
  JSON.stringify({ ...VALID_EVENT, id, padding: 'x'.repeat(bytes) });
const repeated = (text: string, times: number, between: string) =>
  Array.from({ length: times }, () => text).join(between);

const bodies: readonly (readonly [
  what: string,
  type: string,
  query: string,
  body: () => string,
  status: number,
])[] = [
  ['unknown attributes', EVENT, '', () => withMembers(7.9 * MIB), 422],
  ['unknown properties of data', EVENT, '', () => withData(7.9 * MIB), 422],
  ['deep nesting', EVENT, '', () => `{"specversion":${'['.repeat(4e6)}${']'.repeat(4e6)}}`, 422],
  ['quotes', EVENT, '', () => `{"id":"${'\\"'.repeat(4e6)}"}`, 422],
  ['one long text', EVENT, '', () => withPadding('long', 7.9 * MIB), 200],
  ['a batch of wrong events', BATCH, '', () => `[${repeated(withMembers(7_800), 1_000, ',')}]`, 413],
  ['a batch of nothing', BATCH, '', () => `[${','.repeat(8e6)}]`, 413],
  ['a batch of errors', BATCH, '', () => `[${repeated(withMembers(1_300), 1_000, ',')}]`, 422],
  [
    'a batch of long texts',
    BATCH,
    '',
    () => `[${withPadding('t', 4 * MIB)},${withPadding('u', 3 * MIB)}]`,
    200,
  ],
  ['wrong data in lines', LINES, '?onError=skip', () => repeated(withData(MIB - 400), 8, '\n'), 200],
  ['lines just not too much', LINES, '?onError=skip', () => repeated(withMembers(80_000), 100, '\n'), 200],
  ['lines that are no JSON', LINES, '?onError=skip', () => '{\n'.repeat(1e5), 200],
];

describe('a body made to keep the server busy', () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-heavy-'));
    server = await ServerProcess.start(folder, { app: 'ingest' });
    await longestWait(pause(300));
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The longest that anybody waited for an answer until the work was done. */
  async function longestWait(work: Promise<unknown>): Promise<number> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    let longest = 0;
    while (!isDone) {
      const asked = performance.now();
      const answer = await fetch(`${server.url}/health/live`);
      await answer.arrayBuffer();
      longest = Math.max(longest, performance.now() - asked);
      await pause(2);
    }
    await done;
    return longest;
  }

  it.each(bodies)('%s: keeps nobody else waiting', async (_what, type, query, body, status) => {
    const payload = Buffer.from(body());
    const sent = fetch(`${server.url}/v1/events${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: payload,
    }).then(async (answer) => ({ status: answer.status, told: await answer.text() }));
    const waited = await longestWait(sent);
    expect(await sent).toMatchObject({ status });
    expect((await sent).told.length).toBeLessThan(2 * MIB);
    expect(waited).toBeLessThan(LONGEST_WAIT_MS);
  });
});
