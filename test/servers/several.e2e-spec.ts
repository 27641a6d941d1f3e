import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { expectNothingLost, untilReached } from '../support/checked-system.js';
import { EventStoreProcess } from '../support/event-store-process.js';
import { RetryingLoad } from '../support/retrying-load.js';
import { type ServerProcess } from '../support/server-process.js';
import { ThreeProcesses } from '../support/three-processes.js';

/** Facts that both ingests have acknowledged, at least, and how long that may take on a busy machine. */
const ENOUGH = 100;
const LOAD_LIMIT_MS = 60_000;
const REACH_LIMIT_MS = 60_000;
const QUESTIONS = ['/v1/funnel/monthly?groupBy=territory', '/v1/hysteresis?', '/v1/stock?'];

describeWithMongodb('two ingests and two queries at once, on EventStoreDB and MongoDB', () => {
  let folder: string;
  let node: EventStoreProcess;
  let mongodb: MongodbServer;
  let system: ThreeProcesses | undefined;
  const ingests: ServerProcess[] = [];
  const queries: ServerProcess[] = [];
  let loads: readonly RetryingLoad[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-several-'));
    node = await EventStoreProcess.start(join(folder, 'node'));
    mongodb = await MongodbServer.start();
    system = await ThreeProcesses.start(node.url, mongodb.url());
    ingests.push(system.of('ingest'), await system.another('ingest'));
    queries.push(system.of('query'), await system.another('query'));
    for (const query of queries) await query.until('/health/ready');
  }, 180_000);

  afterAll(async () => {
    for (const load of loads) load.abandon();
    await Promise.all([...ingests.slice(1), ...queries.slice(1)].map((one) => one.kill()));
    await system?.kill();
    await Promise.all([node.kill(), mongodb.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** Asks both queries for what one of the ingests has acknowledged last, again and again. */
  async function readWhile(running: () => boolean): Promise<number> {
    let answered = 0;
    for (; running(); answered += 1) {
      const { lastPosition } = loads[answered % loads.length]!;
      await untilReached(queries[answered % queries.length]!, lastPosition, REACH_LIMIT_MS);
      await sleep(20);
    }
    return answered;
  }

  /** Ids that both loads have an answer for. */
  function inBoth(): string[] {
    const [first, second] = loads.map(({ acknowledged }) => acknowledged);
    return [...first!.keys()].filter((id) => second!.has(id));
  }

  it('store what both are sent once, and tell both the same of it', async () => {
    // The same facts to each, in batches that differ, so that both write to the same journeys at once.
    loads = [
      new RetryingLoad(() => ingests[0]!.url, [1, 5], 20),
      new RetryingLoad(() => ingests[1]!.url, [3, 1], 20),
    ];
    let isRunning = true;
    const reading = readWhile(() => isRunning);
    const start = Date.now();
    while (inBoth().length < ENOUGH && Date.now() - start < LOAD_LIMIT_MS) await sleep(100);
    await Promise.all(loads.map((load) => load.stop()));
    isRunning = false;
    expect(await reading).toBeGreaterThan(0);

    const [first, second] = loads.map(({ acknowledged }) => acknowledged);
    expect(inBoth().length).toBeGreaterThanOrEqual(ENOUGH);
    for (const id of inBoth()) expect({ id, ...second!.get(id) }).toEqual({ id, ...first!.get(id) });
    for (const load of loads) expect([...load.answers.keys()]).toContain(200);
  }, 180_000);

  it('answer the same from both, and what the replay of the log confirms', async () => {
    for (const load of loads) for (const query of queries) await expectNothingLost(load, query);
    const after = String(Math.max(...loads.map(({ lastPosition }) => Number(lastPosition))));
    for (const question of QUESTIONS) {
      const [one, other] = await Promise.all(
        queries.map((query) => query.get(`${question}&after=${after}&until=2020-12-31`)),
      );
      expect(other).toEqual(one);
    }
  }, 120_000);
});
