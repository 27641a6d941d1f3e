import 'reflect-metadata';
import { Controller, Get, Module, Post, Query, Req } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt, IsOptional, IsString, Matches } from 'class-validator';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { EventLogError } from '#event-log';
import { FigureError } from '#figures/figure.error';
import { createHttpApp } from './app.js';
import { HttpModule } from './http.module.js';
import { ProblemError } from './problem.js';
import { Public, Roles } from './roles.js';
import { type StatusReport, SystemStatus } from './system-status.js';

class Parameters {
  @IsOptional()
  @Matches(/^\d{4}$/, { message: '$property must be a year' })
  year?: string;

  @IsString({ message: 'is required' })
  name!: string;
}

class Numbers {
  @IsInt()
  n!: number;
}

const FAILURES: Record<string, () => Error> = {
  problem: () => new ProblemError('conflict', 'it is', { extensions: { stored: 3 } }),
  overloaded: () => new EventLogError('overloaded', '/secret/path'),
  away: () => new EventLogError('unavailable', '/secret/path'),
  corrupt: () => new EventLogError('corrupt', '/secret/path'),
  rows: () => new FigureError('too-many-rows', 'more than 100,000 rows'),
  late: () => new FigureError('not-caught-up', 'position 5 was not reached'),
  bug: () => new TypeError('secret of undefined'),
};

@Controller('t')
class TestController {
  @Get('analyst')
  @Roles('analyst', 'auditor')
  analyst() {
    return { ok: true };
  }

  @Get('forgotten')
  forgotten() {
    return { ok: true };
  }

  @Get('open')
  @Public()
  open(@Query() parameters: Parameters) {
    return parameters;
  }

  @Get('numbers')
  @Public()
  numbers(@Query() parameters: Numbers) {
    return parameters;
  }

  @Get('fail')
  @Public()
  fail(@Query('how') how: string) {
    throw FAILURES[how]!();
  }

  @Post('unread')
  @Public()
  unread() {
    return { ok: true };
  }
}

class Told extends SystemStatus {
  report: StatusReport | Error = { position: 5, projections: [] };

  read(): Promise<StatusReport> {
    return this.report instanceof Error ? Promise.reject(this.report) : Promise.resolve(this.report);
  }
}

describe('an HTTP app that is stopped', () => {
  const begun = new EventEmitter();

  @Controller()
  class SlowController {
    @Get('slow')
    @Public()
    async slow() {
      begun.emit('slow');
      await pause(100);
      return { ok: true };
    }

    @Post('read')
    @Public()
    async read(@Req() { body }: { body: AsyncIterable<Buffer> }) {
      begun.emit('read');
      for await (const part of body) if (part.length > 1_000) break;
    }
  }

  @Module({ imports: [HttpModule.forRoot(new Told())], controllers: [SlowController] })
  class SlowModule {}

  it('finishes what was asked, and cuts off who sends no more', async () => {
    const options = { config: { apiKeys: [] }, logger: pino({ level: 'silent' }), title: 'Test' };
    const app = await createHttpApp(SlowModule, { ...options, shutdownGraceMs: 300 });
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const stalled = connect(Number(new URL(url).port), '127.0.0.1');
    stalled.on('error', () => undefined);
    const both = Promise.all([once(begun, 'slow'), once(begun, 'read')]);
    stalled.write('POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf');
    const answer = fetch(`${url}/slow`);
    await both;
    const closed = app.close();
    expect((await answer).status).toBe(200);
    await closed;
  });
});

describe('an HTTP app', () => {
  const status = new Told();
  const logged: Record<string, unknown>[] = [];
  let app: NestFastifyApplication;

  @Module({ imports: [HttpModule.forRoot(status)], controllers: [TestController] })
  class TestModule {}

  beforeAll(async () => {
    const sink = new Writable({
      write(line: Buffer, _encoding, done) {
        logged.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    const apiKeys = [
      { key: 'figures', roles: ['analyst' as const] },
      { key: 'boss', roles: ['admin' as const] },
    ];
    app = await createHttpApp(TestModule, { config: { apiKeys }, logger: pino(sink), title: 'Test' });
  });

  afterAll(() => app.close());

  async function get(url: string, key?: string) {
    const headers = key === undefined ? {} : { authorization: key };
    const answer = await app.inject({ url, headers });
    const isJson = String(answer.headers['content-type']).includes('json');
    const json: Record<string, unknown> = isJson ? answer.json<Record<string, unknown>>() : {};
    return {
      ...answer,
      status: answer.statusCode,
      json,
    };
  }

  it.each([
    ['no key', undefined, 401],
    ['no bearer', 'figures', 401],
    ['another scheme', 'Basic figures', 401],
    ['an unknown key', 'Bearer figure', 401],
    ['a key of another role', 'Bearer boss', 403],
    ['a key of the role', 'bearer figures', 200],
  ])('answers %s', async (_, key, expected) => {
    const answer = await get('/t/analyst', key);
    expect(answer.status).toBe(expected);
    expect(answer.headers['www-authenticate'] === undefined).toBe(expected !== 401);
  });

  it('refuses a route that says nothing about who may use it', async () => {
    expect((await get('/t/forgotten')).status).toBe(401);
    expect((await get('/t/forgotten', 'Bearer boss')).status).toBe(403);
  });

  it.each<[string, number, string | undefined]>([
    ['problem', 409, undefined],
    ['overloaded', 429, '1'],
    ['away', 503, '1'],
    ['late', 503, '1'],
    ['rows', 400, undefined],
    ['corrupt', 500, undefined],
    ['bug', 500, undefined],
  ])('answers the failure %s with a problem and no secrets', async (how, expected, retryAfter) => {
    const { status: answered, headers, json, body } = await get(`/t/fail?how=${how}`);
    expect(answered).toBe(expected);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers['retry-after']).toBe(retryAfter);
    expect(json).toMatchObject({
      status: expected,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(body).not.toMatch(/secret|stack/);
  });

  it('answers what the framework refuses with problems too', async () => {
    expect(await get('/nothing')).toMatchObject({ status: 404, json: { status: 404 } });
    expect(await get('/t/%')).toMatchObject({ status: 400, json: { status: 400 } });
    const wrongMethod = await app.inject({ method: 'DELETE', url: '/t/unread?x=1' });
    expect(wrongMethod).toMatchObject({ statusCode: 405, headers: { allow: 'POST' } });
    const wrongType = await app.inject({
      method: 'POST',
      url: '/t/unread',
      headers: { 'content-type': 'x' },
      payload: 'x',
    });
    expect(wrongType.json()).toMatchObject({ status: 415 });
  });

  it('answers what is no HTTP with a problem', async () => {
    await app.listen(0, '127.0.0.1');
    const { port } = new URL(await app.getUrl());
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('HELLO\r\n\r\n');
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"status":400/);
  });

  it('names every parameter that is wrong, unknown or repeated', async () => {
    expect((await get('/t/open?name=a&year=2020')).json).toEqual({ name: 'a', year: '2020' });
    const { status: answered, json } = await get('/t/open?year=x&colour=red&__proto__=1');
    expect(answered).toBe(400);
    expect(json['errors']).toEqual(
      expect.arrayContaining([
        { parameter: 'colour', detail: expect.stringContaining('name, year') as string },
        { parameter: '__proto__', detail: expect.any(String) as string },
        { parameter: 'year', detail: 'must be a year' },
        { parameter: 'name', detail: 'is required' },
      ]),
    );
    const repeated = await get('/t/open?name=a&name=b');
    expect(repeated.json['errors']).toEqual([{ parameter: 'name', detail: 'is given more than once' }]);
    expect((await get('/t/numbers?n=1')).status).toBe(400);
  });

  it('tells how the system is', async () => {
    const projection = { projection: 'journeys', position: 3, problem: null };
    status.report = { position: 5, projections: [projection] };
    expect(await get('/health/live')).toMatchObject({ status: 200 });
    expect(await get('/health/ready')).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(await get('/status')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/problem+json' },
      json: {
        status: 200,
        position: '5',
        projections: [{ projection: 'journeys', position: '3', lag: 2, problem: null }],
      },
    });
    status.report = { position: 9, projections: [{ ...projection, position: 5 }] };
    expect((await get('/health/ready')).status).toBe(200);
    status.report = { position: 9, projections: [{ ...projection, problem: 'a fact of an unknown type' }] };
    expect(await get('/status')).toMatchObject({
      status: 503,
      json: { projections: [{ problem: 'a fact of an unknown type' }] },
    });
    status.report = new EventLogError('unavailable', 'gone');
    expect(await get('/status')).toMatchObject({ status: 503, json: { status: 503 } });
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('counts for the admin', async () => {
    status.report = { position: 7, projections: [{ projection: 'journeys', position: 6, problem: null }] };
    expect((await get('/metrics', 'Bearer figures')).status).toBe(403);
    const { body } = await get('/metrics', 'Bearer boss');
    expect(body).toContain('event_log_position 7');
    expect(body).toContain('projection_position{projection="journeys"} 6');
    expect(body).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/t\/analyst",status="200"\} \d/,
    );
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it('describes itself, without any other host', async () => {
    const { json } = await get('/openapi.json');
    expect(json).toMatchObject({
      openapi: '3.1.0',
      components: {
        schemas: { Event: {}, Problem: {}, AttendedV1: {} },
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'opaque' } },
      },
    });
    expect(json['paths']).not.toHaveProperty(['/']);
    const page = await get('/docs');
    expect(page).toMatchObject({ status: 200 });
    const script = await get('/docs/swagger-ui-init.js');
    expect(page.body + script.body.slice(0, 500)).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await get('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });

  it('logs routes, never addresses', async () => {
    await get('/t/open?name=rosa');
    await get('/t/fail?how=bug');
    const text = JSON.stringify(logged);
    expect(logged).toContainEqual(expect.objectContaining({ route: '/t/open', status: 200 }));
    expect(logged).toContainEqual(expect.objectContaining({ level: 50, route: '/t/fail' }));
    expect(text).not.toContain('rosa');
    expect(text).not.toContain('figures');
  });
});
