import 'reflect-metadata';
import { LOG_START } from '#event-log';
import { allFacts } from '#event-log/event-log.examples';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { attended } from '../../apps/ingest/src/testing/running-ingest.js';
import { type Faults } from './faults.js';
import { IngestOnNode, openIngest } from './ingest-on-node.js';
import { Following } from './support.js';

describe('ingest on a node of EventStoreDB that fails', () => {
  let ingest: IngestOnNode;

  beforeEach(async () => {
    ingest = await IngestOnNode.start();
  });

  afterEach(async () => {
    await ingest.stop();
  });

  const faults: [string, (faults: Faults) => void][] = [
    ['is silent', (node) => (node.silent = true)],
    ['is away', (node) => (node.unavailable = true)],
    ['is starting', (node) => (node.notReady = true)],
    ['is full', (node) => (node.full = true)],
    ['loses its answers', (node) => (node.losesAnswers = true)],
    ['is far too slow', (node) => (node.delayMs = 5_000)],
  ];

  it.each(faults)('answers 503 in time when it %s, and stores once what is sent again', async (_, fail) => {
    const known = attended('known');
    const fresh = [attended('a'), attended('b', { subject: 'J-2' })];
    expect(await ingest.post([known])).toMatchObject({ status: 200 });
    fail(ingest.there.node.faults);
    const start = Date.now();
    const refused = await ingest.post(fresh);
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:percorso:problem:unavailable' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Date.now() - start).toBeLessThan(15_000);
    ingest.there.mend();
    const { status, body } = await ingest.post([known, ...fresh]);
    expect(status).toBe(200);
    expect((body['accepted'] as number) + (body['duplicates'] as number)).toBe(3);
    const facts = await allFacts(ingest.there.log);
    expect(facts.map(({ id }) => id).sort()).toEqual(['a', 'b', 'known']);
    const results = body['results'] as { id: string; position: string; recordedAt: string }[];
    for (const { id, position, recordedAt } of results) {
      const fact = facts.find((one) => one.id === id)!;
      expect({ position, recordedAt }).toEqual({
        position: String(fact.position),
        recordedAt: new Date(fact.recorded).toISOString(),
      });
    }
  });

  it('starts without the node, lives, and is ready when it is there', async () => {
    await ingest.there.node.kill();
    expect(await ingest.get('/health/live')).toBe(200);
    expect(await ingest.get('/health/ready')).toBe(503);
    expect(await ingest.post([attended('a')])).toMatchObject({ status: 503 });
    await ingest.there.node.start();
    expect(await ingest.post([attended('a')])).toMatchObject({ status: 200 });
    expect(await ingest.get('/health/ready')).toBe(200);
  });

  it('waits out a restart of the node: what is sent meanwhile is stored', async () => {
    await ingest.post([attended('a')]);
    await ingest.there.node.kill();
    const sending = ingest.post([attended('b')]);
    setTimeout(() => void ingest.there.node.start(), 300);
    expect(await sending).toMatchObject({ status: 200 });
    expect(await allFacts(ingest.there.log)).toHaveLength(2);
  });

  it('of two processes that are sent the same at once accepts each event once', async () => {
    const other = openEventStoreDbEventLog(ingest.there.node.url, { mode: 'write' });
    const app = await openIngest(other);
    const second = async (events: unknown[]) => {
      const payload = JSON.stringify(events);
      const headers = { 'content-type': 'application/cloudevents-batch+json' };
      const answer = await app.inject({ method: 'POST', url: '/v1/events', headers, payload });
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
    };
    const following = new Following(ingest.there.log, LOG_START);
    const numbers = Array.from({ length: 150 }, (_, number) => number);
    for (const number of numbers) {
      const event = attended(`e-${number}`, { subject: `J-${number % 5}` });
      const answers = await Promise.all([ingest.post([event]), second([event])]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    }
    await following.until(({ facts }) => facts.length >= numbers.length);
    await following.end();
    expect(following.facts.map(({ id }) => id)).toEqual(numbers.map((number) => `e-${number}`));
    await app.close();
    await other.close();
  });
});
