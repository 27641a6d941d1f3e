import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp } from '../app.js';
import { type ApiKey } from '../config.js';
import { HttpModule } from '../http.module.js';
import { Roles } from '../roles.js';
import { SystemStatus } from '../system-status.js';

class Told extends SystemStatus {
  read() {
    return Promise.resolve({ position: 1, projections: [] });
  }
}

@Controller('t')
@Roles('analyst')
class FiguresController {
  @Get()
  read() {
    return { ok: true };
  }

  @Post()
  change() {
    return { ok: true };
  }
}

@Module({ imports: [HttpModule.forRoot(new Told())], controllers: [FiguresController] })
class TestModule {}

const startApp = (apiKeys: readonly ApiKey[]) =>
  createHttpApp(TestModule, { config: { apiKeys }, logger: pino({ level: 'silent' }), title: 'Test' });

type Headers = Record<string, string>;
interface SessionAnswer {
  signedIn: boolean;
  keyNeeded: boolean;
  roles: string[];
  expiresAt: string | null;
}

const ask = (
  app: NestFastifyApplication,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  headers: Headers = {},
) => app.inject({ method, url, headers });

describe('a session', () => {
  let app: NestFastifyApplication;
  const same = { 'sec-fetch-site': 'same-origin' };

  beforeEach(async () => {
    app = await startApp([
      { key: 'figures', roles: ['analyst'] },
      { key: 'boss', roles: ['admin'] },
    ]);
  });
  afterEach(() => app.close());

  async function signIn(key: string, headers: Headers = {}) {
    const answer = await ask(app, 'POST', '/v1/session', { authorization: `Bearer ${key}`, ...headers });
    const cookie = String(answer.headers['set-cookie'] ?? '');
    return { answer, cookie, sent: { cookie: cookie.split(';', 1)[0]! } };
  }

  it('is opened by a key and stands for it', async () => {
    const { answer, cookie, sent } = await signIn('figures');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ signedIn: true, keyNeeded: true, roles: ['analyst'] });
    expect(cookie).toMatch(/^percorso_session=[\w.-]+; Max-Age=36000; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('figures');
    expect((await ask(app, 'GET', '/t', sent)).statusCode).toBe(200);
    expect((await ask(app, 'GET', '/v1/session', sent)).json<SessionAnswer>()).toEqual({
      signedIn: true,
      keyNeeded: true,
      roles: ['analyst'],
      expiresAt: expect.stringMatching(/Z$/) as string,
    });
    expect((await ask(app, 'GET', '/metrics', sent)).statusCode).toBe(403);
    expect((await ask(app, 'GET', '/metrics', (await signIn('boss')).sent)).statusCode).toBe(200);
  });

  it('travels over TLS alone where the page came over TLS', async () => {
    const { cookie } = await signIn('figures', { 'x-forwarded-proto': 'https' });
    expect(cookie).toContain('; Secure');
  });

  it('ends when the browser is told to forget it', async () => {
    const { sent } = await signIn('figures');
    const answer = await ask(app, 'DELETE', '/v1/session', { ...sent, ...same });
    expect(answer.statusCode).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(/^percorso_session=; Max-Age=0; Path=\/; HttpOnly/);
  });

  it('is not there without a known key, and a wrong key beside it is not overlooked', async () => {
    const { answer, cookie } = await signIn('nobody');
    expect(answer.statusCode).toBe(401);
    expect(cookie).toBe('');
    expect((await ask(app, 'GET', '/v1/session')).json<SessionAnswer>()).toEqual({
      signedIn: false,
      keyNeeded: true,
      roles: [],
      expiresAt: null,
    });
    expect((await ask(app, 'GET', '/t', { cookie: 'percorso_session=1.a.b.c' })).statusCode).toBe(401);
    const { sent } = await signIn('figures');
    expect((await ask(app, 'GET', '/t', { ...sent, authorization: 'Bearer nobody' })).statusCode).toBe(401);
  });

  it('lets only pages of this server change something', async () => {
    const { sent } = await signIn('figures');
    const post = async (headers: Headers) =>
      (await ask(app, 'POST', '/t', { ...sent, ...headers })).statusCode;
    expect(await post(same)).toBe(201);
    expect(await post({ host: 'here.example', origin: 'http://here.example' })).toBe(201);
    expect(await post({ host: 'here.example', origin: 'http://elsewhere.example' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({})).toBe(403);
    expect((await ask(app, 'POST', '/t', { authorization: 'Bearer figures' })).statusCode).toBe(201);
  });

  it('is not opened or ended by another page', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await signIn('figures', foreign)).answer.statusCode).toBe(403);
    expect((await ask(app, 'DELETE', '/v1/session', foreign)).statusCode).toBe(403);
  });

  it('is refused to who guesses: after ten wrong keys also with the right one', async () => {
    for (let count = 0; count < 10; count += 1) expect((await signIn('nobody')).answer.statusCode).toBe(401);
    const { answer } = await signIn('figures');
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('without keys', () => {
  it('everybody has every role, but another page cannot change anything', async () => {
    const app = await startApp([]);
    try {
      const answer = (await ask(app, 'GET', '/v1/session')).json<SessionAnswer>();
      expect(answer).toMatchObject({ signedIn: true, keyNeeded: false });
      expect(answer.roles).toContain('casework');
      expect((await ask(app, 'POST', '/t')).statusCode).toBe(201);
      expect((await ask(app, 'POST', '/t', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    } finally {
      await app.close();
    }
  });

  it('only names of this machine lead in, whatever another name is made to lead to', async () => {
    const app = await startApp([]);
    try {
      for (const host of ['127.0.0.1:3000', '127.1.2.3', '[::1]:3000', 'localhost']) {
        expect((await ask(app, 'GET', '/t', { host })).statusCode).toBe(200);
      }
      for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example', '10.0.0.1']) {
        const sameOrigin = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
        for (const method of ['GET', 'POST'] as const) {
          const answer = await ask(app, method, '/t', sameOrigin);
          expect(answer.headers['content-type']).toBe('application/problem+json');
          expect(answer.json()).toMatchObject({
            status: 403,
            detail: expect.stringMatching(/API_KEYS.*Host must be localhost/) as string,
          });
        }
        expect((await ask(app, 'GET', '/health/live', { host })).statusCode).toBe(200);
      }
    } finally {
      await app.close();
    }
  });

  it('with keys any name leads in', async () => {
    const app = await startApp([{ key: 'figures', roles: ['analyst'] }]);
    try {
      const headers = { host: 'percorso.example', authorization: 'Bearer figures' };
      expect((await ask(app, 'GET', '/t', headers)).statusCode).toBe(200);
    } finally {
      await app.close();
    }
  });
});
