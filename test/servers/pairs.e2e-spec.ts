import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoInstant } from '#calendar';
import { type Fact } from '#events';
import { randomHistory } from '#projections/testing/random-history';
import { describeWithMongodb, MONGODB_TOPOLOGIES, MongodbServer } from '#read-models/testing/mongodb-server';
import { EventStoreProcess } from '../support/event-store-process.js';
import { givenNodeFor } from '../support/given-node.js';
import { type Part, ThreeProcesses } from '../support/three-processes.js';

const YEARS = 'from=2019-01-01&to=2021-12-31';
const QUESTIONS = [
  `/v1/funnel/monthly?${YEARS}`,
  `/v1/funnel/monthly?${YEARS}&groupBy=territory,gender`,
  `/v1/funnel/monthly?${YEARS}&groupBy=venue&knownAt=2020-02-15`,
  `/v1/funnel/cumulative?${YEARS}&groupBy=sa&until=2020-04-01`,
  '/v1/funnel/period-ratio?fromStage=attended&toStage=saChosen&by=month',
  `/v1/absence?${YEARS}&groupBy=territory`,
  '/v1/stock?groupBy=territory&knownAt=2020-03-01',
  '/v1/meetings/monthly?groupBy=mode',
  '/v1/contacts/monthly?',
  '/v1/web-traffic/monthly?',
  '/v1/questionnaire?',
  '/v1/recording-delay?',
  `/v1/funnel/cohort?${YEARS}&stage=attended&until=2020-12-31&groupBy=territory`,
  `/v1/hysteresis?${YEARS}&until=2020-12-31&groupBy=territory&curve=true`,
  `/v1/hysteresis?${YEARS}&until=2020-12-31&net=true&knownAt=2020-04-15`,
  `/v1/hysteresis/compare?${YEARS}&until=2020-12-31&groupBy=gender`,
  `/v1/hysteresis/triangle?${YEARS}&until=2020-12-31`,
  `/v1/hysteresis/nowcast?${YEARS}&until=2020-12-31&groupBy=gender`,
  `/v1/hysteresis/nowcast/backtest?${YEARS}&until=2020-12-31&net=true`,
  `/v1/journeys?${YEARS}&stage=attended&toStage=saChosen&outcome=converted&until=2020-12-31`,
  '/v1/journeys?status=booked&until=2020-12-31',
  '/v1/audit/diff?knownAt=2020-02-01&and=2020-06-01&groupBy=territory',
  '/v1/quality/findings?',
  `/v1/quality/findings?${YEARS}&knownAt=2020-06-01`,
  '/v1/quality/findings/journeys?kind=recorded_late',
  '/v1/quality/findings/journeys?kind=out_of_order',
  '/v1/journeys/J-1?',
  '/v1/journeys/J-7?knownAt=2020-02-01',
  `/v1/audit/replay?${YEARS}&groupBy=territory,mode&knownAt=2020-03-15`,
];

const HISTORY = randomHistory(400, 20_202);

const cloudEvent = ({ recorded, accepted: _, time, ...fact }: Fact) => ({
  specversion: '1.0',
  ...fact,
  time: isoInstant(time),
  recordedtime: isoInstant(recorded),
});

interface Story {
  readonly receipts: readonly unknown[];
  readonly answers: readonly unknown[];
  readonly log: readonly unknown[];
}

/** Without what depends on the log: its positions, and when it took a fact on. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const places = ['position', 'acceptedtime', 'recordedAt'];
  const kept = Object.entries(value).filter(([name]) => !places.includes(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutPlaces(inner)]));
}

/** Sends the history in two portions and asks everything, through three processes. */
async function told(eventLogUrl: string, readModelUrl: string, order?: readonly Part[]): Promise<Story> {
  const system = await ThreeProcesses.start(eventLogUrl, readModelUrl, order);
  try {
    const [ingest, query] = [system.of('ingest'), system.of('query')];
    await ingest.until('/health/ready');
    const receipts: Record<string, unknown>[] = [];
    for (const half of [HISTORY.slice(0, 150), HISTORY.slice(150)]) {
      const answer = await fetch(`${ingest.url}/v1/events?onError=skip`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: half.map((fact) => JSON.stringify(cloudEvent(fact))).join('\n'),
      });
      if (answer.status !== 200) throw new Error(await answer.text());
      receipts.push((await answer.json()) as Record<string, unknown>);
      await query.until('/health/ready');
    }
    const after = String(receipts[1]!['position']);
    const answers = [];
    for (const question of QUESTIONS) answers.push(await query.get(`${question}&after=${after}`));
    const log = await fetch(`${query.url}/v1/audit/log`, { headers: { accept: 'application/x-ndjson' } });
    const facts = (await log.text()).split('\n').filter((line) => line !== '');
    for (const part of ['projector', 'query'] as const) await system.of(part).until('/status');
    expect(await system.stop()).toEqual([0, 0, 0]);
    return withoutPlaces({
      receipts,
      answers,
      // By id: EventStoreDB promises an order within a stream, not between appends that are under way together.
      log: facts.map((line) => JSON.parse(line) as { id: string }).sort((a, b) => (a.id < b.id ? -1 : 1)),
    }) as Story;
  } finally {
    await system.kill();
  }
}

describe('three processes', () => {
  let folder: string;
  let expected: Story;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-pairs-'));
    const files = ['log', 'models'].map((name) => `sqlite:${join(folder, 'first', `${name}.db`)}`);
    expected = await told(files[0]!, files[1]!);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true }));

  const modelFile = (name: string) => `sqlite:${join(folder, name, 'models.db')}`;
  const logFile = (name: string) => `sqlite:${join(folder, name, 'log.db')}`;

  async function onEventStore(name: string, readModelUrl: string): Promise<Story> {
    const node = await EventStoreProcess.start(join(folder, name, 'node'));
    try {
      return await told(node.url, readModelUrl);
    } finally {
      await node.kill();
    }
  }

  it('answer what the replay of the log confirms (SQLite, SQLite)', () => {
    expect(expected.receipts).toMatchObject([{ accepted: 150 }, { accepted: 250 }]);
    expect(expected.log.length).toBeGreaterThan(350);
    expect(expected.answers.at(-1)).toMatchObject({ matches: true, differences: [] });
  });

  it('start in any order: the last ones make what the first ones wait for', async () => {
    const name = 'backwards';
    expect(await told(logFile(name), modelFile(name), ['query', 'projector', 'ingest'])).toEqual(expected);
  }, 300_000);

  it('answer the same with the log in EventStoreDB', async () => {
    expect(await onEventStore('node-and-file', modelFile('node-and-file'))).toEqual(expected);
  }, 300_000);

  describeWithMongodb('with the read models in MongoDB', () => {
    describe.each(MONGODB_TOPOLOGIES)('on a %s', (topology) => {
      const place = topology.replace(' ', '-');
      let server: MongodbServer;

      beforeAll(async () => {
        server = await MongodbServer.start({ topology });
      });

      afterAll(() => server.stop());

      it('answer the same with the log in SQLite', async () => {
        expect(await told(logFile(`file-${place}`), server.url())).toEqual(expected);
      }, 300_000);

      it('answer the same with the log in EventStoreDB', async () => {
        const given = await givenNodeFor('pairs');
        const story = given ? told(given, server.url()) : onEventStore(`servers-${place}`, server.url());
        expect(await story).toEqual(expected);
      }, 300_000);
    });
  });
});
