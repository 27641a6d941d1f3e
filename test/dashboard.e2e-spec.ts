import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

const KEY = { authorization: 'Bearer figures' };
const EVENT = {
  specversion: '1.0',
  id: '1',
  source: 'urn:test',
  type: 'it.mip.registered.v1',
  subject: 'anna',
  time: '2020-05-04T10:00:00+02:00',
  data: { territory: 'TO' },
};

describe('the page and its stream', () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-page-'));
    server = await ServerProcess.start(folder, { env: { API_KEYS: 'figures=analyst,send=emitter' } });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });

  it.each(['/', '/hysteresis', '/past', '/journeys', '/report', '/quality'])(
    'serves %s to everybody, asked for anew each time, from nowhere else',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      const page = await answer.text();
      expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(page).not.toMatch(/<style|<script>| style="/);
    },
  );

  it('serves what the page needs compressed, to be kept for ever', async () => {
    const page = await (await get('/')).text();
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(page)!;
    for (const encoding of ['br', 'gzip']) {
      const answer = await get(script!, { 'accept-encoding': encoding });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
      expect(answer.headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/);
      expect((await answer.text()).length).toBeGreaterThan(1000);
    }
  });

  it('is light: all of its scripts together stay under 400 kB compressed, whichever way', async () => {
    const assets = join('dist', 'apps', 'dashboard', 'assets');
    const files = await readdir(assets);
    for (const ending of ['.js.br', '.js.gz']) {
      const scripts = files.filter((name) => name.endsWith(ending));
      const sizes = await Promise.all(scripts.map(async (name) => (await stat(join(assets, name))).size));
      expect(scripts.length).toBe(files.filter((name) => name.endsWith('.js')).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
    }
  });

  it('answers other addresses as before', async () => {
    expect((await get('/nothing')).status).toBe(404);
    expect((await get('/assets/nothing.js')).status).toBe(404);
    expect((await get('/docs')).status).toBe(200);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  it('tells analysts where the figures stand, again when a fact comes, and ends when the server stops', async () => {
    expect((await get('/v1/stream')).status).toBe(401);
    expect((await get('/v1/stream', { authorization: 'Bearer send' })).status).toBe(403);
    const answer = await get('/v1/stream', KEY);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (text: string) => {
      while (!heard.includes(text)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended: ${heard}`);
        heard += value;
      }
    };
    await until('event: position');
    const sent = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', authorization: 'Bearer send' },
      body: JSON.stringify(EVENT),
    });
    const { position } = (await sent.json()) as { position: string };
    await until(`data: {"position":"${position}"}`);
    const started = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - started).toBeLessThan(4_000);
    while (!(await reader.read()).done);
  }, 30_000);
});
