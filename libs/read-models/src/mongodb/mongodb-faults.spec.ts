import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadModels } from '../open.js';
import { CATALOGUE, FORM, IDENTITY, row, taken } from '../read-model.examples.js';
import { type ReadModel, type ReadModelStore } from '../read-model.port.js';
import { canStartMongodb, describeWithMongodb, MongodbServer } from '../testing/mongodb-server.js';
import { MongodbProxy } from './testing/mongodb-proxy.js';

/** More than the time limit of a call, and far less than for ever. */
const SOON_MS = 9_000;
const UNAVAILABLE = { name: 'ReadModelError', code: 'unavailable' };

describeWithMongodb('read models in a MongoDB that fails', () => {
  // A server that runs elsewhere has no port here that could stand behind the proxy.
  if (!canStartMongodb) return it.skip('needs PERCORSO_MONGODB', () => undefined);

  let folder: string;
  let server: MongodbServer;
  let proxy: MongodbProxy;
  let store: ReadModelStore;
  let model: ReadModel;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-mongodb-'));
    server = await MongodbServer.start({ folder });
    proxy = new MongodbProxy(() => server.port);
    await proxy.start();
  });

  beforeEach(async () => {
    store = await openReadModels(server.url(undefined, proxy.port));
    model = await store.open(IDENTITY, FORM, CATALOGUE);
    await model.add([row(1)]);
  });

  afterEach(async () => {
    Object.assign(proxy.faults, { silent: false, delayMs: 0, full: false });
    await store.close();
  });

  afterAll(async () => {
    await proxy.stop();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const everything = { after: 0, upTo: 9, limit: 9 };

  async function soonUnavailable(call: () => Promise<unknown>, message = ''): Promise<void> {
    const start = Date.now();
    await expect(call()).rejects.toMatchObject(UNAVAILABLE);
    await expect(call()).rejects.toThrow(message);
    expect(Date.now() - start).toBeLessThan(2 * SOON_MS);
  }

  it('is unavailable in time while it is silent, and goes on afterwards', async () => {
    const lease = await taken(store);
    proxy.faults.silent = true;
    await Promise.all([
      soonUnavailable(() => store.models()),
      soonUnavailable(() => model.add([row(2)])),
      soonUnavailable(() => model.rows(everything)),
      soonUnavailable(() => model.advance(0, 1, lease)),
      soonUnavailable(() => store.lease('projector', 'A', 1_000)),
    ]);
    proxy.faults.silent = false;
    await model.add([row(2)]);
    expect(await model.rows(everything)).toEqual([row(1), row(2)]);
  }, 40_000);

  it('is unavailable while nobody listens, and connects again by itself', async () => {
    await proxy.stop();
    await soonUnavailable(() => model.rows(everything));
    await proxy.start();
    expect(await model.rows(everything)).toEqual([row(1)]);
  }, 30_000);

  it('notices nothing of connections that break, whether a write had come through or not', async () => {
    const lease = await taken(store);
    for (let position = 2; position < 12; position += 1) {
      const adding = model.add([row(position)]).catch(() => model.add([row(position)]));
      proxy.cut();
      await adding;
    }
    expect(await model.rows({ ...everything, upTo: 99, limit: 99 })).toHaveLength(11);
    expect(await model.advance(0, 11, lease)).toBe(true);
  }, 30_000);

  it('is slow, and that is all', async () => {
    proxy.faults.delayMs = 300;
    await model.add([row(2)]);
    expect(await model.rows(everything)).toEqual([row(1), row(2)]);
  });

  it('refuses writes while its disk is full, and can be read', async () => {
    const lease = await taken(store);
    proxy.faults.full = true;
    await soonUnavailable(() => model.add([row(2)]), 'no space left');
    await soonUnavailable(() => model.advance(0, 1, lease), 'no space left');
    expect(await model.rows(everything)).toEqual([row(1)]);
    proxy.faults.full = false;
    await model.add([row(2)]);
    expect(await model.advance(0, 2, lease)).toBe(true);
  });

  it('keeps what it acknowledged when it is killed, and its client goes on when it is back', async () => {
    let number = 1;
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const adding = (async () => {
        for (let tries = 0; tries < 200; tries += 1) {
          number += 1;
          await model.add([row(number)]);
          acknowledged.push(number);
        }
      })().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
      server = await server.restarted();
      await adding;
    }
    const stored = new Set(
      (await model.rows({ after: 0, upTo: 10_000, limit: 10_000 })).map((one) => one.position),
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((position) => !stored.has(position))).toEqual([]);
  }, 60_000);
});
