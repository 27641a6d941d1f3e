import 'reflect-metadata';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '#catalogue';
import { type EventLog, NO_STREAM } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type Fact } from '#events';
import { type FigureAnswer, FigureError, type FigureRequest, type FigureService } from '#figures';
import { type Config, createHttpApp, createLogger, HttpModule } from '#http';
import { QueryParts } from './query-parts.js';
import { QueryModule } from './query.module.js';
import { QueryStatus } from './query-status.js';

const catalogue = loadCatalogue();
const START = Date.UTC(2020, 4, 4, 10);

function factOf(number: number): Fact {
  const time = START + number * 60_000;
  return {
    source: 'urn:area-web',
    id: `f-${number}`,
    type: 'it.mip.registered.v1',
    subject: `j-${number}`,
    time,
    recorded: time,
    accepted: time,
    data: { territory: 'TO' },
  };
}

/** Figures that are told beforehand what to answer, and remember what they were asked. */
class ToldFigures implements FigureService {
  asked: { request: FigureRequest; after?: number }[] = [];
  answer: () => FigureAnswer = () => ({ items: [], totals: {}, position: 0, catalogue: catalogue.digest });

  async ask(request: FigureRequest, { after }: { readonly after?: number } = {}): Promise<FigureAnswer> {
    this.asked.push({ request, after });
    return this.answer();
  }

  async status() {
    return [];
  }

  async close() {}
}

let folder: string;
let eventLog: EventLog;
let app: NestFastifyApplication;
const figures = new ToldFigures();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-query-'));
  const eventLogUrl = `sqlite:${join(folder, 'events.db')}`;
  eventLog = await openEventLog(eventLogUrl, { mode: 'write' });
  for (let number = 0; number < 25; number++) {
    const facts = [factOf(number)];
    await eventLog.append({ stream: `journey-j-${number}`, expectedRevision: NO_STREAM, facts });
  }
  const parts = new QueryParts({ catalogue, figures, eventLog, eventLogUrl });
  const imports = [HttpModule.forRoot(new QueryStatus(parts)), QueryModule.forRoot(parts)];
  const config: Pick<Config, 'apiKeys'> = {
    apiKeys: [
      { key: 'all', roles: ['analyst', 'casework', 'auditor'] },
      { key: 'figures', roles: ['analyst'] },
    ],
  };
  class Root {}
  app = await createHttpApp(
    { module: Root, imports },
    { config, logger: createLogger({ logLevel: 'silent' }), title: 'Reads' },
  );
});

afterAll(async () => {
  await app.close();
  await eventLog.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  figures.asked = [];
  figures.answer = () => ({ items: [], totals: {}, position: 12, catalogue: catalogue.digest });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers: { authorization: 'Bearer all', ...headers } });

interface ProblemBody {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly parameter?: string; readonly detail: string }[];
}

async function refused(
  url: string,
  status: number,
  headers: Record<string, string> = {},
): Promise<ProblemBody> {
  const answer = await get(url, headers);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    status,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  return answer.json<ProblemBody>();
}

describe('the figures', () => {
  const lists: [string, string, string[]][] = [
    [
      '/v1/funnel/monthly',
      'monthly',
      ['territory', 'venue', 'mode', 'sa', 'gender', 'education', 'employment'],
    ],
    [
      '/v1/funnel/cumulative',
      'cumulative',
      ['territory', 'venue', 'mode', 'sa', 'gender', 'education', 'employment'],
    ],
    ['/v1/absence', 'absence', ['territory']],
    ['/v1/stock', 'stock', ['territory', 'gender', 'education', 'employment']],
    ['/v1/meetings/monthly', 'meetings', ['territory', 'venue', 'mode']],
    ['/v1/contacts/monthly', 'contacts', []],
    ['/v1/web-traffic/monthly', 'web-traffic', []],
    ['/v1/questionnaire', 'questionnaire', ['territory', 'sa']],
  ];

  it.each(lists)('%s asks for %s and repeats what it understood', async (path, figure, keys) => {
    figures.answer = () => ({ items: [{ n: 1 }], totals: { n: 2 }, position: 34, catalogue: 'abc' });
    const answer = await get(`${path}?until=2020-12-31&after=7`);
    expect(answer.statusCode).toBe(200);
    expect(figures.asked).toEqual([
      { request: { figure, selection: expect.objectContaining({ groupBy: [], filters: {} }) }, after: 7 },
    ]);
    expect(answer.json()).toEqual({
      items: [{ n: 1 }],
      totals: { n: 2 },
      position: '34',
      catalogue: 'abc',
      from: null,
      to: null,
      until: '2020-12-31',
      knownAt: null,
      groupBy: [],
      ...Object.fromEntries(keys.map((key) => [key, null])),
    });
    expect(answer.headers).toMatchObject({ vary: 'Accept', 'cache-control': 'no-store' });
  });

  it('fills in the defaults of a period ratio', async () => {
    const answer = await get('/v1/funnel/period-ratio?by=month&groupBy=territory');
    expect(answer.json()).toMatchObject({
      fromStage: 'attended',
      toStage: 'saChosen',
      by: 'month',
      groupBy: ['territory'],
    });
    const [asked] = figures.asked;
    expect(asked?.request).toMatchObject({ fromStage: 'attended', toStage: 'saChosen', byMonth: true });
  });

  it.each([
    ['/v1/funnel/monthly?from=2020-02-30', 'from'],
    ['/v1/funnel/monthly?from=2020-02-01&to=2020-01-01', 'from'],
    ['/v1/funnel/monthly?territory=XX', 'territory'],
    ['/v1/funnel/monthly?groupBy=nothing', 'groupBy'],
    ['/v1/funnel/monthly?x=1', 'x'],
    ['/v1/funnel/monthly?__proto__=1', '__proto__'],
    ['/v1/funnel/monthly?until=2020-01-01&until=2020-01-02', 'until'],
    ['/v1/funnel/monthly?after=here', 'after'],
    ['/v1/funnel/period-ratio?groupBy=venue', 'groupBy'],
    ['/v1/funnel/period-ratio?fromStage=saChosen&toStage=attended', 'fromStage'],
    ['/v1/stock?from=2020-01-01', 'from'],
    ['/v1/contacts/monthly?groupBy=territory', 'groupBy'],
    ['/v1/catalogue?from=2020-01-01', 'from'],
    ['/v1/audit/log?limit=1001', 'limit'],
    ['/v1/audit/log?limit=0', 'limit'],
    ['/v1/audit/log?cursor=x', 'cursor'],
    ['/v1/audit/log?cursor=0-999999', 'cursor'],
    ['/v1/audit/replay?asOf=x', 'asOf'],
    ['/v1/audit/replay?asOf=999999', 'asOf'],
    ['/v1/journeys/j-1?from=2020-01-01', 'from'],
  ])('%s is refused by its %s', async (url, parameter) => {
    const { detail, errors } = await refused(url, 400);
    expect(errors).toEqual([{ parameter, detail: expect.any(String) }]);
    expect(detail).toContain(parameter);
    expect(figures.asked).toEqual([]);
  });

  it('is refused with what the figures say', async () => {
    const fails = (code: FigureError['code']) => () => {
      throw new FigureError(code, 'so it is');
    };
    figures.answer = fails('too-many-rows');
    expect((await refused('/v1/stock', 400)).detail).toBe('so it is');
    figures.answer = fails('not-caught-up');
    await refused('/v1/stock', 503);
    expect((await get('/v1/stock')).headers['retry-after']).toBeDefined();
  });

  it('is for analysts, a journey for caseworkers and the log for auditors', async () => {
    const key = { authorization: 'Bearer figures' };
    expect((await get('/v1/stock', key)).statusCode).toBe(200);
    await refused('/v1/journeys/j-1', 403, key);
    await refused('/v1/audit/log', 403, key);
    await refused('/v1/stock', 401, { authorization: 'Bearer other' });
  });
});

describe('CSV', () => {
  const csv = { accept: 'text/csv' };

  it('has the columns of the figure and its groups, and tells in headers what has no column', async () => {
    figures.answer = () => ({
      items: [{ month: '2020-05', venue: 'A,B', territory: '=TO', meetings: 3 }],
      totals: { meetings: 3 },
      position: 9,
      catalogue: 'abc',
    });
    const answer = await get('/v1/meetings/monthly?groupBy=venue,territory&knownAt=2020-06-01', csv);
    expect(answer.body).toBe('month,venue,territory,meetings\r\n2020-05,"A,B",\'=TO,3\r\n');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="meetings-monthly.csv"',
      'percorso-position': '9',
      'percorso-catalogue': 'abc',
      'percorso-parameters': 'knownAt=2020-06-01&groupBy=venue%2Cterritory',
      vary: 'Accept',
    });
  });

  it.each([
    [
      '/v1/contacts/monthly',
      'month,phone,chatbot,meanDurationSeconds.phone,meanDurationSeconds.chatbot,topics.',
    ],
    ['/v1/funnel/period-ratio?by=month', 'month,numerator,denominator,pct\r\n'],
    ['/v1/funnel/period-ratio', 'numerator,denominator,pct\r\n'],
    ['/v1/stock?groupBy=gender', 'gender,status,journeys\r\n'],
  ])('%s has a header row without items too', async (url, header) => {
    const { body } = await get(url, csv);
    expect(body.startsWith(header)).toBe(true);
    expect(body.split('\r\n')).toHaveLength(2);
  });

  it('and JSON are all there is', async () => {
    await refused('/v1/stock', 406, { accept: 'text/html' });
    await refused('/v1/catalogue', 406, csv);
    expect(figures.asked).toEqual([]);
  });

  it('gives long answers whole in either format', async () => {
    const items = Array.from({ length: 20_000 }, (_, journeys) => ({ status: 'booked', journeys }));
    figures.answer = () => ({ items, totals: { journeys: 5 }, position: 9, catalogue: 'abc' });
    expect((await get('/v1/stock')).json()).toMatchObject({ items, totals: { journeys: 5 }, groupBy: [] });
    expect((await get('/v1/stock', csv)).body.split('\r\n')).toHaveLength(20_002);
  });
});

describe('the catalogue', () => {
  it('is given with the digest that every answer names', async () => {
    const answer = await get('/v1/catalogue?after=3');
    expect(answer.json()).toEqual({ ...catalogue.describe(), catalogue: catalogue.digest });
  });
});

describe('a journey', () => {
  it('is given with its position and cut-offs', async () => {
    figures.answer = () => ({
      items: [{ id: 'j-1', status: 'registered' }],
      totals: {},
      position: 3,
      catalogue: 'c',
    });
    const answer = await get('/v1/journeys/j-1?knownAt=2020-06-01');
    expect(answer.json()).toEqual({
      id: 'j-1',
      status: 'registered',
      position: '3',
      catalogue: 'c',
      until: null,
      knownAt: '2020-06-01',
    });
    expect(figures.asked[0]?.request).toMatchObject({ figure: 'journey', id: 'j-1' });
  });

  it('is not found where nothing of it is visible, or its id is none', async () => {
    await refused('/v1/journeys/j-404', 404);
    await refused('/v1/journeys/%F0%9F%98%80', 404);
    await refused(`/v1/journeys/${'x'.repeat(65)}`, 404);
  });
});

describe('the log', () => {
  interface Page {
    readonly items: readonly { readonly id: string; readonly position: string }[];
    readonly next: string | null;
    readonly position: string;
  }

  it('is paged through whole, as it stood at the first page', async () => {
    const head = String(await eventLog.head());
    const pages: Page[] = [];
    for (let url: string | null = '/v1/audit/log?limit=10'; url; url = pages.at(-1)!.next) {
      pages.push((await get(url)).json<Page>());
    }
    expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 5]);
    expect(pages.map(({ position }) => position)).toEqual([head, head, head]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(
      Array.from({ length: 25 }, (_, number) => `f-${number}`),
    );
  });

  it('is cut by the recorded time on every page', async () => {
    const knownAt = new Date(START + 12 * 60_000).toISOString();
    const first = (await get(`/v1/audit/log?limit=12&knownAt=${knownAt}`)).json<Page>();
    expect(first).toMatchObject({ knownAt, catalogue: catalogue.digest });
    const second = (await get(first.next!)).json<Page>();
    expect(second.items.map(({ id }) => id)).toEqual(['f-12']);
    expect(second.next).toBeNull();
  });

  it('is streamed as lines', async () => {
    const answer = await get('/v1/audit/log', { accept: 'application/x-ndjson' });
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.body.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(25);
    expect(JSON.parse(lines[3]!)).toMatchObject({
      specversion: '1.0',
      id: 'f-3',
      acceptedtime: expect.any(String),
    });
    await refused('/v1/audit/log?limit=5', 400, { accept: 'application/x-ndjson' });
  });
});

describe('a replay', () => {
  interface Replay {
    readonly items: readonly { readonly month: string; readonly registered: number }[];
    readonly [name: string]: unknown;
  }

  it('tells where the served figures differ', async () => {
    const replayed = (await get(`/v1/audit/replay?asOf=${await eventLog.head()}`)).json<Replay>();
    expect(replayed).toMatchObject({ matches: null, differences: [], asOf: String(await eventLog.head()) });
    expect(replayed.items).toEqual([expect.objectContaining({ month: '2020-05', registered: 25 })]);

    const position = await eventLog.head();
    const served = (items: Replay['items']) => () => ({
      items,
      totals: {},
      position,
      catalogue: catalogue.digest,
    });
    figures.answer = served(replayed.items);
    expect((await get('/v1/audit/replay')).json()).toMatchObject({
      matches: true,
      differences: [],
      asOf: null,
    });

    figures.answer = served([{ ...replayed.items[0]!, registered: 24 }]);
    expect((await get('/v1/audit/replay')).json()).toMatchObject({
      matches: false,
      differences: [{ month: '2020-05', stage: 'registered', served: 24, replayed: 25 }],
      position: String(position),
    });
  });

  it('looks no further than it is asked to', async () => {
    const log = (await get('/v1/audit/log?limit=3')).json<{ items: { position: string }[] }>();
    const asOf = log.items.at(-1)!.position;
    const { items } = (await get(`/v1/audit/replay?asOf=${asOf}`)).json<Replay>();
    expect(items.map(({ registered }) => registered)).toEqual([3]);
  });

  it('waits for its turn, and is refused when too many wait', async () => {
    const asOf = await eventLog.head();
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(`/v1/audit/replay?asOf=${asOf}`)));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(9);
    const busy = answers.filter(({ statusCode }) => statusCode === 429);
    expect(busy).toHaveLength(3);
    expect(busy[0]!.headers['retry-after']).toBe('10');
  });
});

describe('the OpenAPI document', () => {
  it('describes every route with its parameters and formats', async () => {
    const { paths } = (await get('/openapi.json')).json<{
      paths: Record<
        string,
        { get: { parameters?: { name: string; description?: string }[]; summary?: string } }
      >;
    }>();
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/funnel/monthly',
        '/v1/funnel/cumulative',
        '/v1/funnel/period-ratio',
        '/v1/absence',
        '/v1/stock',
        '/v1/meetings/monthly',
        '/v1/contacts/monthly',
        '/v1/web-traffic/monthly',
        '/v1/questionnaire',
        '/v1/catalogue',
        '/v1/journeys/{id}',
        '/v1/audit/replay',
        '/v1/audit/log',
      ]),
    );
    for (const [path, { get: route }] of Object.entries(paths).filter(([path]) => path.startsWith('/v1/'))) {
      expect([path, route.summary]).toEqual([path, expect.any(String)]);
      for (const { name, description } of route.parameters ?? []) {
        expect([path, name, description]).toEqual([path, name, expect.any(String)]);
      }
    }
    const named = (path: string) => paths[path]!.get.parameters!.map(({ name }) => name).sort();
    expect(named('/v1/stock')).toEqual(
      ['after', 'education', 'employment', 'gender', 'groupBy', 'knownAt', 'territory', 'until'].sort(),
    );
    expect(named('/v1/web-traffic/monthly')).toEqual(['after', 'from', 'knownAt', 'to', 'until']);
  });
});
