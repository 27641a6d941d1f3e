import 'reflect-metadata';
import { FigureError } from '#figures';
import { ToldQueryApp } from './told-query-app.fixture.js';

let app: ToldQueryApp;

beforeAll(async () => {
  app = await ToldQueryApp.start();
});

afterAll(() => app.stop());

beforeEach(() => app.figures.forget());

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
    ['/v1/recording-delay', 'recording-delay', ['territory', 'sa']],
  ];

  it.each(lists)('%s asks for %s and repeats what it understood', async (path, figure, keys) => {
    app.figures.answer = () => ({ items: [{ n: 1 }], totals: { n: 2 }, position: 34, catalogue: 'abc' });
    const answer = await app.get(`${path}?until=2020-12-31&after=7`);
    expect(answer.statusCode).toBe(200);
    expect(app.figures.asked).toEqual([
      { request: { figure, selection: { groupBy: [], filters: {}, until: 1_609_455_599_999 } }, after: 7 },
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

  it('fills in the defaults of cohort and hysteresis', async () => {
    const cohort = await app.get('/v1/funnel/cohort?by=month');
    expect(cohort.json()).toMatchObject({ stage: 'registered', by: 'month' });
    const findings = { observationEnd: '2020-12-31' };
    app.figures.answer = () => ({ items: [], totals: {}, findings, position: 1, catalogue: 'abc' });
    const delays = await app.get('/v1/hysteresis?net=true');
    const asked = { fromStage: 'attended', toStage: 'saChosen', net: true, curve: false };
    expect(delays.json()).toMatchObject({ ...asked, by: null, ...findings });
    expect(app.figures.asked.map(({ request }) => request)).toEqual([
      expect.objectContaining({ figure: 'cohort', stage: 'registered', byMonth: true }),
      expect.objectContaining({ figure: 'hysteresis', ...asked, byMonth: false }),
    ]);
  });

  it('fills in the defaults of a period ratio', async () => {
    const answer = await app.get('/v1/funnel/period-ratio?by=month&groupBy=territory');
    expect(answer.json()).toMatchObject({
      fromStage: 'attended',
      toStage: 'saChosen',
      by: 'month',
      groupBy: ['territory'],
    });
    const [asked] = app.figures.asked;
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
    ['/v1/funnel/cohort?stage=absent', 'stage'],
    ['/v1/funnel/cohort?by=week', 'by'],
    ['/v1/hysteresis?fromStage=saChosen&toStage=attended', 'fromStage'],
    ['/v1/hysteresis?toStage=attended', 'toStage'],
    ['/v1/hysteresis?toStage=abandoned', 'toStage'],
    ['/v1/hysteresis?net=1', 'net'],
    ['/v1/hysteresis/compare', 'groupBy'],
    ['/v1/hysteresis/compare?groupBy=sa&curve=true', 'curve'],
    ['/v1/hysteresis/triangle?by=month', 'by'],
    ['/v1/hysteresis?curve=yes', 'curve'],
    ['/v1/hysteresis?net=true&net=true', 'net'],
    ['/v1/hysteresis/nowcast?curve=true', 'curve'],
    ['/v1/hysteresis/nowcast?fromStage=saChosen', 'fromStage'],
    ['/v1/hysteresis/nowcast/backtest?by=month', 'by'],
    ['/v1/stock?from=2020-01-01', 'from'],
    ['/v1/contacts/monthly?groupBy=territory', 'groupBy'],
    ['/v1/recording-delay?groupBy=venue', 'groupBy'],
    ['/v1/recording-delay?mode=online', 'mode'],
    ['/v1/catalogue?from=2020-01-01', 'from'],
    ['/v1/audit/log?limit=1001', 'limit'],
    ['/v1/audit/log?limit=0', 'limit'],
    ['/v1/audit/log?cursor=x', 'cursor'],
    ['/v1/audit/log?cursor=0-999999', 'cursor'],
    ['/v1/audit/replay?asOf=x', 'asOf'],
    ['/v1/quality/findings?groupBy=territory', 'groupBy'],
    ['/v1/quality/findings?kind=recorded_late', 'kind'],
    ['/v1/quality/findings/journeys', 'kind'],
    ['/v1/quality/findings/journeys?kind=late', 'kind'],
    ['/v1/quality/findings/journeys?kind=recorded_late&limit=0', 'limit'],
    ['/v1/quality/findings/journeys?kind=recorded_late&cursor=x', 'cursor'],
    ['/v1/quality/findings/journeys?kind=recorded_late&stage=attended', 'stage'],
    ['/v1/audit/diff?knownAt=2020-01-01', 'and'],
    ['/v1/audit/diff?and=2020-01-01', 'knownAt'],
    ['/v1/audit/diff?knownAt=2020-01-01&and=now', 'and'],
    ['/v1/audit/diff?knownAt=2020-01-01&and=2020-01-01', 'knownAt'],
    ['/v1/audit/diff?knownAt=2020-01-01&and=2021-01-01&groupBy=x', 'groupBy'],
    ['/v1/audit/diff?knownAt=2020-01-01&and=2021-01-01&asOf=1', 'asOf'],
    ['/v1/audit/replay?asOf=999999', 'asOf'],
    ['/v1/journeys/j-1?from=2020-01-01', 'from'],
    ['/v1/journeys', 'stage'],
    ['/v1/journeys?stage=nothing', 'stage'],
    ['/v1/journeys?stage=attended&status=attended', 'status'],
    ['/v1/journeys?status=attended&from=2020-01-01', 'from'],
    ['/v1/journeys?status=attended&toStage=saChosen', 'toStage'],
    ['/v1/journeys?status=attended&sa=none', 'sa'],
    ['/v1/journeys?status=attended&groupBy=gender,venue', 'groupBy'],
    ['/v1/journeys?stage=attended&returning=false', 'returning'],
    ['/v1/journeys?stage=attended&outcome=pending', 'outcome'],
    ['/v1/journeys?stage=attended&net=true', 'net'],
    ['/v1/journeys?stage=saChosen&toStage=attended', 'toStage'],
    ['/v1/journeys?stage=absent&toStage=pdsSigned', 'toStage'],
    ['/v1/journeys?stage=attended&toStage=saChosen&outcome=lost', 'outcome'],
    ['/v1/journeys?stage=attended&toStage=saChosen&net=yes', 'net'],
    ['/v1/journeys?stage=attended&toStage=saChosen&minDelayDays=-1', 'minDelayDays'],
    ['/v1/journeys?stage=attended&toStage=saChosen&outcome=pending&maxDelayDays=1', 'maxDelayDays'],
    ['/v1/journeys?stage=attended&toStage=saChosen&minDelayDays=2&maxDelayDays=1', 'minDelayDays'],
    ['/v1/journeys?stage=attended&limit=1001', 'limit'],
    ['/v1/journeys?stage=attended&cursor=0', 'cursor'],
    ['/v1/journeys?stage=attended&cursor=999999.0123456789ab.2020-01-01.j-1', 'cursor'],
  ])('%s is refused by its %s', async (url, parameter) => {
    const { status, detail, errors } = await app.refusal(url);
    expect(status).toBe(400);
    expect(errors).toEqual([{ parameter, detail: expect.any(String) as string }]);
    expect(detail).toContain(parameter);
    expect(app.figures.asked).toEqual([]);
  });

  it('is refused with what the figures say', async () => {
    const fails = (code: FigureError['code']) => () => {
      throw new FigureError(code, 'so it is');
    };
    app.figures.answer = fails('too-many-rows');
    expect((await app.refusal('/v1/stock')).detail).toBe('so it is');
    app.figures.answer = fails('not-caught-up');
    expect(await app.refusal('/v1/stock')).toMatchObject({ status: 503 });
    expect((await app.get('/v1/stock')).headers['retry-after']).toBeDefined();
  });

  it('is for analysts, a journey for caseworkers and the log for auditors', async () => {
    const key = { authorization: 'Bearer figures' };
    expect((await app.get('/v1/stock', key)).statusCode).toBe(200);
    expect(await app.refusal('/v1/journeys/j-1', key)).toMatchObject({ status: 403 });
    expect(await app.refusal('/v1/audit/log', key)).toMatchObject({ status: 403 });
    expect(await app.refusal('/v1/stock', { authorization: 'Bearer other' })).toMatchObject({ status: 401 });
  });
});

describe('CSV', () => {
  const csv = { accept: 'text/csv' };

  it('has the columns of the figure and its groups, and tells in headers what has no column', async () => {
    app.figures.answer = () => ({
      items: [{ month: '2020-05', venue: 'A,B', territory: '=TO', meetings: 3 }],
      totals: { meetings: 3 },
      position: 9,
      catalogue: 'abc',
    });
    const answer = await app.get('/v1/meetings/monthly?groupBy=venue,territory&knownAt=2020-06-01', csv);
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
    const { body } = await app.get(url, csv);
    expect(body.startsWith(header)).toBe(true);
    expect(body.split('\r\n')).toHaveLength(2);
  });

  it('and JSON are all there is', async () => {
    expect(await app.refusal('/v1/stock', { accept: 'text/html' })).toMatchObject({ status: 406 });
    expect(await app.refusal('/v1/catalogue', csv)).toMatchObject({ status: 406 });
    expect(app.figures.asked).toEqual([]);
  });

  it('gives long answers whole in either format', async () => {
    const items = Array.from({ length: 20_000 }, (_, journeys) => ({ status: 'booked', journeys }));
    app.figures.answer = () => ({ items, totals: { journeys: 5 }, position: 9, catalogue: 'abc' });
    expect((await app.get('/v1/stock')).json()).toMatchObject({
      items,
      totals: { journeys: 5 },
      groupBy: [],
    });
    expect((await app.get('/v1/stock', csv)).body.split('\r\n')).toHaveLength(20_002);
  });
});

describe('the catalogue', () => {
  it('is given with the digest that every answer names', async () => {
    const answer = await app.get('/v1/catalogue');
    expect(answer.json()).toEqual({ ...app.catalogue.describe(), catalogue: app.catalogue.digest });
  });
});

describe('a journey', () => {
  it('is given with its position and cut-offs', async () => {
    app.figures.answer = () => ({
      items: [{ id: 'j-1', status: 'registered' }],
      totals: {},
      position: 3,
      catalogue: 'c',
    });
    const answer = await app.get('/v1/journeys/j-1?knownAt=2020-06-01');
    expect(answer.json()).toEqual({
      id: 'j-1',
      status: 'registered',
      position: '3',
      catalogue: 'c',
      until: null,
      knownAt: '2020-06-01',
    });
    expect(app.figures.asked[0]?.request).toMatchObject({ figure: 'journey', id: 'j-1' });
  });

  it('is not found where nothing of it is visible, or its id is none', async () => {
    expect(await app.refusal('/v1/journeys/j-404')).toMatchObject({ status: 404 });
    expect(await app.refusal('/v1/journeys/%F0%9F%98%80')).toMatchObject({ status: 404 });
    expect(await app.refusal(`/v1/journeys/${'x'.repeat(65)}`)).toMatchObject({ status: 404 });
  });
});

describe('the OpenAPI document', () => {
  it('describes every route with its parameters and formats', async () => {
    const { paths } = (await app.get('/openapi.json')).json<{
      paths: Record<
        string,
        {
          get: {
            parameters?: { name: string; description?: string; examples?: unknown }[];
            summary?: string;
          };
        }
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
      expect([path, route.summary]).toEqual([path, expect.any(String) as string]);
      for (const { name, description } of route.parameters ?? []) {
        expect([path, name, description]).toEqual([path, name, expect.any(String) as string]);
      }
    }
    const named = (path: string) => paths[path]!.get.parameters!.map(({ name }) => name).sort();
    expect(named('/v1/stock')).toEqual(
      ['after', 'education', 'employment', 'gender', 'groupBy', 'knownAt', 'territory', 'until'].sort(),
    );
    expect(named('/v1/web-traffic/monthly')).toEqual(['after', 'from', 'knownAt', 'to', 'until']);
  });
});
