import 'reflect-metadata';
import { NO_STREAM } from '#event-log';
import { type Fact } from '#events';
import { type FigureItem } from '#figures';
import { ToldQueryApp } from './told-query-app.fixture.js';

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

let app: ToldQueryApp;

beforeAll(async () => {
  app = await ToldQueryApp.start();
  for (let number = 0; number < 25; number++) {
    const facts = [factOf(number)];
    await app.eventLog.append({ stream: `journey-j-${number}`, expectedRevision: NO_STREAM, facts });
  }
});

afterAll(() => app.stop());

beforeEach(() => app.figures.forget());

describe('the log', () => {
  interface Page {
    readonly items: readonly { readonly id: string; readonly position: string }[];
    readonly next: string | null;
    readonly position: string;
  }

  it('is paged through whole, as it stood at the first page', async () => {
    const head = String(await app.eventLog.head());
    const pages: Page[] = [];
    for (let url: string | null = '/v1/audit/log?limit=10'; url; url = pages.at(-1)!.next) {
      pages.push((await app.get(url)).json<Page>());
    }
    expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 5]);
    expect(pages.map(({ position }) => position)).toEqual([head, head, head]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(
      Array.from({ length: 25 }, (_, number) => `f-${number}`),
    );
  });

  it('is cut by the recorded time on every page', async () => {
    const knownAt = new Date(START + 12 * 60_000).toISOString();
    const first = (await app.get(`/v1/audit/log?limit=12&knownAt=${knownAt}`)).json<Page>();
    expect(first).toMatchObject({ knownAt, catalogue: app.catalogue.digest });
    const second = (await app.get(first.next!)).json<Page>();
    expect(second.items.map(({ id }) => id)).toEqual(['f-12']);
    expect(second.next).toBeNull();
  });

  it('is streamed as lines', async () => {
    const answer = await app.get('/v1/audit/log', { accept: 'application/x-ndjson' });
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.body.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(25);
    expect(JSON.parse(lines[3]!)).toMatchObject({
      specversion: '1.0',
      id: 'f-3',
      acceptedtime: expect.any(String) as string,
    });
    expect(await app.refusal('/v1/audit/log?limit=5', { accept: 'application/x-ndjson' })).toMatchObject({
      status: 400,
    });
  });
});

describe('a replay', () => {
  interface Replay {
    readonly items: readonly { readonly month: string; readonly registered: number }[];
    readonly totals: FigureItem;
    readonly [name: string]: unknown;
  }

  it('tells where the served figures differ', async () => {
    const replayed = (await app.get(`/v1/audit/replay?asOf=${await app.eventLog.head()}`)).json<Replay>();
    expect(replayed).toMatchObject({
      matches: null,
      differences: [],
      asOf: String(await app.eventLog.head()),
    });
    expect(replayed.items).toEqual([expect.objectContaining({ month: '2020-05', registered: 25 })]);

    const position = await app.eventLog.head();
    const served =
      (items: Replay['items'], totals = replayed.totals) =>
      () => ({
        items,
        totals,
        position,
        catalogue: app.catalogue.digest,
      });
    app.figures.answer = served(replayed.items);
    expect((await app.get('/v1/audit/replay')).json()).toMatchObject({
      matches: true,
      differences: [],
      asOf: null,
    });

    app.figures.answer = served([{ ...replayed.items[0]!, registered: 24 }]);
    expect((await app.get('/v1/audit/replay')).json()).toMatchObject({
      matches: false,
      differences: [{ month: '2020-05', stage: 'registered', served: 24, replayed: 25 }],
      position: String(position),
    });

    app.figures.answer = served(replayed.items, { ...replayed.totals, registered: 26 });
    expect((await app.get('/v1/audit/replay')).json()).toMatchObject({
      matches: false,
      differences: [{ month: null, stage: 'registered', served: 26, replayed: 25 }],
    });
  });

  it('looks no further than it is asked to', async () => {
    const log = (await app.get('/v1/audit/log?limit=3')).json<{ items: { position: string }[] }>();
    const asOf = log.items.at(-1)!.position;
    const { items } = (await app.get(`/v1/audit/replay?asOf=${asOf}`)).json<Replay>();
    expect(items.map(({ registered }) => registered)).toEqual([3]);
  });
});
