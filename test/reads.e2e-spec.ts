import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDescribed } from './support/answer-schema.js';
import { ServerProcess } from './support/server-process.js';

type Row = Record<string, unknown>;

interface List {
  readonly items: readonly Row[];
  readonly totals: Row;
  readonly [name: string]: unknown;
}

interface Sent {
  readonly subject?: string;
  readonly name: string;
  readonly day: string;
  readonly recorded?: string;
  readonly data: Row;
}

const on = (day: string, name: string, subject: string | undefined, data: Row, recorded?: string): Sent => ({
  day,
  name,
  subject,
  data,
  recorded,
});

const ANSWERS = {
  tutor: 'fully_satisfied',
  methods: 'satisfied',
  organisation: 'satisfied',
  howHeard: 'internet',
  wouldRecommend: true,
};
const RIVOLI = { venue: 'CPI-RIVOLI' };
const CUNEO = { venue: 'CPI-CUNEO' };
const BOOKING = { meetingId: 'm-1', scheduledFor: '2020-02-05T10:00:00+01:00' };

/** One goes all the way; one gives up; one comes back in the next cycle; one was registered in error. */
const STORY: readonly Sent[] = [
  on('2020-01-10', 'registered', 'way', { territory: 'TO', profile: { gender: 'F', education: 'diploma' } }),
  on('2020-01-20', 'booked', 'way', { ...RIVOLI, ...BOOKING }),
  on('2020-02-05', 'attended', 'way', RIVOLI),
  on('2020-09-20', 'sa-chosen', 'way', { sa: 'IZI-TORINO' }),
  on('2020-10-01', 'pds-signed', 'way', { sa: 'IZI-TORINO' }),
  on('2020-10-10', 'questionnaire-sent', 'way', { sa: 'IZI-TORINO' }),
  on('2020-10-12', 'questionnaire-completed', 'way', { sa: 'IZI-TORINO', ...ANSWERS }),
  on('2020-01-15', 'registered', 'up', { territory: 'CN' }),
  on('2020-01-20', 'booked', 'up', { ...CUNEO, ...BOOKING }),
  on('2020-02-06', 'absent', 'up', CUNEO),
  on('2020-03-10', 'abandoned', 'up', {}),
  on('2019-05-01', 'registered', 'back', { territory: 'TO', profile: { gender: 'M' } }),
  on('2019-06-01', 'sa-chosen', 'back', { sa: 'IZI-TORINO' }),
  on('2020-02-05', 'attended', 'back', RIVOLI),
  on('2020-10-05', 'sa-chosen', 'back', { sa: 'CNA-TORINO' }),
  on('2020-02-20', 'registered', 'error', { territory: 'TO' }),
  on('2020-04-01', 'retracted', 'error', { source: 'urn:story', id: '15', reason: 'recorded_in_error' }),
  on('2020-02-05', 'meeting-held', 'm-1', RIVOLI),
  on('2020-02-06', 'meeting-held', 'm-2', CUNEO),
  on('2020-01-03', 'contact-handled', undefined, {
    channel: 'phone',
    durationSeconds: 300,
    topic: 'funding',
  }),
  on('2020-01-04', 'contact-handled', undefined, { channel: 'phone' }),
  on('2020-02-01', 'contact-handled', undefined, { channel: 'chatbot', topic: 'status' }),
  on('2020-01-06', 'web-traffic', undefined, { date: '2020-01-05', uniquePageViews: 10, visits: 4 }),
  on('2020-01-06', 'web-traffic', undefined, { date: '2020-01-05', uniquePageViews: 12 }, '2020-01-07'),
];

const YEAR = 'from=2020-01-01&to=2020-12-31';
const KEYS = ['territory', 'venue', 'mode', 'sa', 'gender', 'education', 'employment'];
const NO_FILTERS = Object.fromEntries(KEYS.map((key) => [key, null]));

/** What of a row is not zero. */
const counted = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
      if (value === 0) return [];
      if (typeof value !== 'object' || value === null) return [[name, value]];
      const inner = counted(value as Row);
      return Object.keys(inner).length === 0 ? [] : [[name, inner]];
    }),
  );

let folder: string;
let server: ServerProcess;
let position: string;

const ask = (path: string) =>
  server.get<List>(`/v1/${path}${path.includes('?') ? '&' : '?'}after=${position}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-reads-'));
  server = await ServerProcess.start(folder);
  const events = STORY.map(({ day, name, subject, data, recorded }, index) => ({
    specversion: '1.0',
    id: String(index),
    source: 'urn:story',
    type: `it.mip.${name}.v1`,
    subject,
    time: `${day}T11:00:00Z`,
    recordedtime: `${recorded ?? day}T12:00:00Z`,
    data,
  }));
  const answer = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  const taken = (await answer.json()) as { position: string };
  expect([answer.status, taken]).toEqual([200, expect.objectContaining({ accepted: STORY.length })]);
  position = taken.position;
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a short story, read in every way', () => {
  it('the funnel by month', async () => {
    const { items, totals, ...rest } = await ask(`funnel/monthly?${YEAR}`);
    expect(items).toHaveLength(12);
    expect(items.map(counted).filter((row) => Object.keys(row).length > 1)).toEqual([
      { month: '2020-01', registered: 2, booked: 2 },
      { month: '2020-02', attended: 2, absent: 1 },
      { month: '2020-03', abandoned: 1 },
      { month: '2020-09', saChosen: 1 },
      { month: '2020-10', saChosen: 1, pdsSigned: 1, returning: { saChosen: 1 } },
    ]);
    expect(counted(totals)).toEqual({
      registered: 2,
      booked: 2,
      attended: 2,
      absent: 1,
      abandoned: 1,
      saChosen: 2,
      pdsSigned: 1,
      returning: { saChosen: 1 },
    });
    expect(rest).toEqual({
      position: expect.any(String) as string,
      catalogue: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      from: '2020-01-01',
      to: '2020-12-31',
      until: null,
      knownAt: null,
      groupBy: [],
      ...NO_FILTERS,
    });
  });

  it('as it was known before the error was found', async () => {
    const { items } = await ask(
      `funnel/monthly?from=2020-02-01&to=2020-02-29&knownAt=2020-04-01T11:59:59.999Z`,
    );
    expect(items.map(counted)).toEqual([{ month: '2020-02', registered: 1, attended: 2, absent: 1 }]);
    const found = await ask(`funnel/monthly?from=2020-02-01&to=2020-02-29&knownAt=2020-04-01`);
    expect(found.items.map(counted)).toEqual([{ month: '2020-02', attended: 2, absent: 1 }]);
  });

  it('as running totals, by territory', async () => {
    const { items } = await ask(`funnel/cumulative?${YEAR}&groupBy=territory&until=2020-12-31`);
    expect(items).toHaveLength(12 * 4);
    expect(items.slice(-4).map(counted)).toEqual([
      {
        month: '2020-12',
        territory: 'TO',
        registered: 1,
        booked: 1,
        attended: 2,
        saChosen: 2,
        pdsSigned: 1,
        returning: { saChosen: 1 },
      },
      { month: '2020-12', territory: 'AL-AT' },
      { month: '2020-12', territory: 'BI-NO-VC-VCO' },
      { month: '2020-12', territory: 'CN', registered: 1, booked: 1, absent: 1, abandoned: 1 },
    ]);
  });

  it('choices over participants of the year', async () => {
    const { items, ...rest } = await ask(`funnel/period-ratio?${YEAR}&gender=F,unknown`);
    expect(items).toEqual([{ numerator: 1, denominator: 1, pct: 100 }]);
    expect(rest).toMatchObject({
      fromStage: 'attended',
      toStage: 'saChosen',
      by: null,
      gender: ['F', 'unknown'],
      totals: items[0],
    });
  });

  it('absence', async () => {
    const { items, totals } = await ask(`absence?${YEAR}&groupBy=territory`);
    const to = { registered: 1, carriedOver: 1, notParticipating: 0, nonParticipationPct: 0 };
    const cn = { registered: 1, carriedOver: 0, notParticipating: 1, nonParticipationPct: 100 };
    expect(items).toEqual([
      { territory: 'TO', ...to, absences: 0, attendances: 2, noShowPct: 0 },
      { territory: 'CN', ...cn, absences: 1, attendances: 0, noShowPct: 100 },
    ]);
    expect(totals).toMatchObject({ nonParticipationPct: 33.33, noShowPct: 33.33 });
  });

  it('the stock, now and at the end of March', async () => {
    const now = await ask('stock');
    expect(now).toMatchObject({
      items: [
        { status: 'saChosen', journeys: 1 },
        { status: 'pdsSigned', journeys: 1 },
        { status: 'abandoned', journeys: 1 },
      ],
      totals: { journeys: 3 },
    });
    const march = await ask('stock?until=2020-03-31&groupBy=education&knownAt=2020-03-31');
    expect(march.items).toEqual([
      { education: 'diploma', status: 'attended', journeys: 1 },
      { education: 'unknown', status: 'registered', journeys: 1 },
      { education: 'unknown', status: 'attended', journeys: 1 },
      { education: 'unknown', status: 'abandoned', journeys: 1 },
    ]);
  });

  it('meetings, contacts and web traffic', async () => {
    const meetings = await ask('meetings/monthly?groupBy=territory,venue');
    expect(meetings).toMatchObject({
      items: [
        { month: '2020-02', territory: 'TO', venue: 'CPI-RIVOLI', meetings: 1 },
        { month: '2020-02', territory: 'CN', venue: 'CPI-CUNEO', meetings: 1 },
      ],
      totals: { meetings: 2 },
    });
    const contacts = await ask('contacts/monthly');
    expect(contacts.items.map(counted)).toEqual([
      {
        month: '2020-01',
        phone: 2,
        meanDurationSeconds: { phone: 300, chatbot: null },
        topics: { funding: 1 },
      },
      {
        month: '2020-02',
        chatbot: 1,
        meanDurationSeconds: { phone: null, chatbot: null },
        topics: { status: 1 },
      },
    ]);
    const web = await ask('web-traffic/monthly');
    expect(web.items).toEqual([{ month: '2020-01', uniquePageViews: 12, visits: null, homeEntrances: null }]);
  });

  it('the questionnaire', async () => {
    const { items } = await ask('questionnaire?groupBy=sa');
    expect(items.map(counted)).toEqual([
      {
        sa: 'IZI-TORINO',
        sent: 1,
        completed: 1,
        tutor: { fully_satisfied: 1 },
        methods: { satisfied: 1 },
        organisation: { satisfied: 1 },
        howHeard: { internet: 1 },
        wouldRecommend: { yes: 1 },
      },
    ]);
  });

  it('how late facts were recorded', async () => {
    const hour = 1 / 24;
    const { items, totals } = await ask('recording-delay?from=2020-01-06&to=2020-01-31&knownAt=2020-02-01');
    const row = (name: string, count: number) => ({
      month: '2020-01',
      type: `it.mip.${name}.v1`,
      count,
      median: hour,
      p90: hour,
      max: hour,
      complete: true,
    });
    expect(items).toEqual([
      row('registered', 2),
      row('booked', 2),
      { ...row('web-traffic', 2), median: 0.5 + hour, p90: 0.9 + hour, max: 1 + hour },
    ]);
    expect(totals).toMatchObject({ count: 6, median: hour, max: 1 + hour });
    const { items: ofCuneo } = await ask('recording-delay?territory=CN&sa=none&groupBy=territory');
    expect(ofCuneo.map(({ month, territory, type, count }) => [month, territory, type, count])).toEqual([
      ['2020-01', 'CN', 'it.mip.registered.v1', 1],
      ['2020-01', 'CN', 'it.mip.booked.v1', 1],
      ['2020-02', 'CN', 'it.mip.absent.v1', 1],
      ['2020-02', 'CN', 'it.mip.meeting-held.v1', 1],
      ['2020-03', 'CN', 'it.mip.abandoned.v1', 1],
    ]);
  });

  it('one journey, and one that is no more', async () => {
    const journey = await server.get<Row>(`/v1/journeys/back?after=${position}`);
    expect(journey).toMatchObject({
      id: 'back',
      status: 'saChosen',
      retractions: [],
      until: null,
      knownAt: null,
    });
    expect(journey['entries']).toEqual([
      expect.objectContaining({
        stage: 'registered',
        cycle: '2017-2019',
        day: '2019-05-01',
        returning: false,
      }),
      expect.objectContaining({ stage: 'saChosen', cycle: '2017-2019', sa: 'IZI-TORINO', returning: false }),
      expect.objectContaining({ stage: 'attended', cycle: '2020-2022', venue: 'CPI-RIVOLI', gender: 'M' }),
      expect.objectContaining({ stage: 'saChosen', cycle: '2020-2022', sa: 'CNA-TORINO', returning: true }),
    ]);
    expect(await server.get('/v1/journeys/error?knownAt=2020-03-31')).toMatchObject({ status: 'registered' });
    expect((await fetch(`${server.url}/v1/journeys/error`)).status).toBe(404);
  });

  it('as CSV', async () => {
    const path = `/v1/funnel/monthly?from=2020-10-01&to=2020-10-31&groupBy=gender&after=${position}`;
    const answer = await fetch(server.url + path, { headers: { accept: 'text/csv' } });
    const [header, ...rows] = (await answer.text()).split('\r\n').map((line) => line.split(','));
    expect(rows.map((row) => row.length)).toEqual([header!.length, header!.length, 1]);
    const returning = header!.indexOf('returning.saChosen');
    expect(rows.slice(0, 2).map((row) => [row[0], row[1], row[returning]])).toEqual([
      ['2020-10', 'F', '0'],
      ['2020-10', 'M', '1'],
    ]);
  });
});

describe('the OpenAPI document', () => {
  it.each([
    ['funnel/monthly', 'groupBy=territory,gender'],
    ['funnel/cumulative', 'groupBy=sa'],
    ['funnel/period-ratio', 'by=month&groupBy=education'],
    ['funnel/cohort', 'by=month&groupBy=territory'],
    ['hysteresis/nowcast', 'groupBy=venue,gender&net=true'],
    ['hysteresis/nowcast/backtest', 'groupBy=territory'],
    ['hysteresis', 'by=month&curve=true&groupBy=gender'],
    ['hysteresis/compare', 'groupBy=gender'],
    ['hysteresis/triangle', 'groupBy=venue&net=true'],
    ['absence', 'groupBy=territory'],
    ['stock', 'groupBy=employment'],
    ['meetings/monthly', 'groupBy=mode'],
    ['contacts/monthly', ''],
    ['web-traffic/monthly', ''],
    ['questionnaire', 'groupBy=sa'],
    ['recording-delay', 'groupBy=territory,sa'],
    ['catalogue', ''],
    ['journeys/{id}', ''],
    ['audit/replay', 'groupBy=venue'],
    ['audit/log', ''],
  ])('tells all that %s answers', async (path, query) => {
    await expectDescribed(server, path, await ask(`${path.replace('{id}', 'back')}?${query}`));
  });
});

describe('the audit of the story', () => {
  it('comes to the same figures from the log alone', async () => {
    for (const question of [
      '',
      `?${YEAR}&groupBy=sa,gender`,
      '?until=2020-03-31&knownAt=2020-03-31&territory=TO',
    ]) {
      const served = await ask(`funnel/monthly${question}`);
      const replayed = await ask(`audit/replay${question}`);
      expect(replayed).toEqual({ ...served, asOf: null, matches: true, differences: [] });
    }
  });

  it('shows the whole log, page by page and as a stream', async () => {
    const ids: unknown[] = [];
    for (let path: string | null = `/v1/audit/log?limit=7`; path;) {
      const page: { items: Row[]; next: string | null } = await server.get(path);
      ids.push(...page.items.map(({ id }) => id));
      path = page.next;
    }
    expect([...ids].sort()).toEqual(STORY.map((_, index) => String(index)).sort());
    const stream = await fetch(`${server.url}/v1/audit/log`, { headers: { accept: 'application/x-ndjson' } });
    const lines = (await stream.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Row)['id'])).toEqual(ids);
  });

  it('sees the log as it stood at the first fact', async () => {
    const { items } = await ask('audit/log?limit=1');
    const replayed = await ask(`audit/replay?asOf=${String(items[0]!['position'])}`);
    expect(replayed).toMatchObject({ matches: null, differences: [], position: items[0]!['position'] });
    expect(counted(replayed.totals)).toEqual({ registered: 1 });
  });
});
