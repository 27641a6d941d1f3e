import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongodbProxy } from '#read-models/mongodb/testing/mongodb-proxy';
import { canStartMongodb, describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { expectNothingLost, untilReached } from '../support/checked-system.js';
import { RetryingLoad } from '../support/retrying-load.js';
import { ServerProcess } from '../support/server-process.js';

/** Five seconds of the store's time limit, and some for a busy machine. */
const ANSWER_LIMIT_MS = 10_000;
const RECOVERY_MS = 30_000;

describeWithMongodb('the system on a MongoDB that fails', () => {
  // A server that runs elsewhere has no port here that could stand behind the proxy.
  if (!canStartMongodb) return it.skip('needs PERCORSO_MONGODB', () => undefined);

  let folder: string;
  let server: MongodbServer;
  let proxy: MongodbProxy;
  let system: ServerProcess;
  let load: RetryingLoad;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-faults-'));
    server = await MongodbServer.start();
    proxy = new MongodbProxy(() => server.port);
    // For its port, at which nobody listens then.
    await proxy.start();
    await proxy.stop();
    const env = { READ_MODEL_URL: server.url(undefined, proxy.port) };
    system = await ServerProcess.start(folder, { env, ready: false });
    load = new RetryingLoad(() => system.url, [1, 10], 50);
  }, 90_000);

  afterAll(async () => {
    load.abandon();
    await system.kill();
    await proxy.stop();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const ask = async (path: string) => {
    const start = Date.now();
    const answer = await fetch(system.url + path, { signal: AbortSignal.timeout(20_000) });
    await answer.arrayBuffer();
    expect(Date.now() - start).toBeLessThan(ANSWER_LIMIT_MS);
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  };
  const refused = { status: 503, retryAfter: expect.stringMatching(/^\d+$/) as string };

  /** Facts go on being taken, which is what may never stop. */
  async function expectFactsTaken(): Promise<void> {
    const before = load.acknowledged.size;
    for (let tries = 0; tries < 200 && load.acknowledged.size < before + 20; tries += 1) await sleep(50);
    expect(load.acknowledged.size).toBeGreaterThan(before);
  }

  async function expectRefusal(): Promise<void> {
    // What was asked for before the fault came may still be answered.
    const limit = Date.now() + ANSWER_LIMIT_MS;
    while ((await ask('/v1/funnel/monthly')).status === 200 && Date.now() < limit) await sleep(50);
    expect(await ask('/v1/funnel/monthly')).toEqual(refused);
    expect(await ask('/v1/journeys/journey-1')).toEqual(refused);
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    await expectFactsTaken();
  }

  const recovered = () => untilReached(system, load.lastPosition, RECOVERY_MS);

  it('away at the start: it answers, takes facts and says what it waits for; then it catches up', async () => {
    await expectRefusal();
    expect((await ask('/status')).status).toBe(503);
    expect((await ask('/health/ready')).status).toBe(503);
    expect(system.printed).toContain('waiting for the read models');
    await proxy.start();
    await recovered();
    await system.until('/health/ready');
    await system.until('/status');
  }, 90_000);

  it('silent: questions are refused in time; then it catches up', async () => {
    proxy.faults.silent = true;
    await expectRefusal();
    proxy.faults.silent = false;
    await recovered();
  }, 90_000);

  it('full: what was reached is answered, what comes later is not, and nothing is lost', async () => {
    proxy.faults.full = true;
    await expectFactsTaken();
    await sleep(500);
    const { lastPosition } = load;
    await expectFactsTaken();
    expect((await ask('/v1/funnel/monthly')).status).toBe(200);
    expect(await ask(`/v1/funnel/monthly?after=${load.lastPosition}`)).toEqual(refused);
    expect(Number(load.lastPosition)).toBeGreaterThan(Number(lastPosition));
    proxy.faults.full = false;
    await recovered();
  }, 90_000);

  it('away later, and with connections that break: it catches up', async () => {
    for (let round = 0; round < 5; round += 1) {
      proxy.cut();
      await sleep(100);
    }
    await recovered();
    await proxy.stop();
    await expectRefusal();
    await proxy.start();
    await recovered();
  }, 90_000);

  it('in the end nothing is lost', async () => {
    await load.stop();
    await expectNothingLost(load, system);
    expect(await system.stop()).toBe(0);
  }, 90_000);
});
