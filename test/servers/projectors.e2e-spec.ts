import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openReadModels } from '#read-models/open';
import { describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { expectNothingLost, expectRowsOfRebuild, untilReached } from '../support/checked-system.js';
import { EventStoreProcess } from '../support/event-store-process.js';
import { givenNodeFor } from '../support/given-node.js';
import { isOfLoad, RetryingLoad } from '../support/retrying-load.js';
import { type ServerProcess } from '../support/server-process.js';
import { ThreeProcesses } from '../support/three-processes.js';

const TAKE_OVER_MS = 10_000;
const ROUNDS = 3;
const PORTIONS = [1, 5];
/** How many have begun: on a node that is given, each finds what those before it have sent. */
let loads = 0;

const position = (load: RetryingLoad) => load.lastPosition;

async function checkpoints(readModelUrl: string): Promise<Map<string, number>> {
  const store = await openReadModels(readModelUrl, { readonly: true });
  const models = await store.models();
  await store.close();
  return new Map(models.map(({ id, checkpoint }) => [id, checkpoint]));
}

interface Places {
  readonly eventLogUrl: string;
  readonly readModelUrl: string;
  readonly end?: () => Promise<void>;
}

/** Two projectors on one store: `first` has the lease to begin with. */
function suite(name: string, open: (folder: string) => Promise<Places>): void {
  describe(`two projectors on ${name}`, () => {
    let folder: string;
    /** What was started, to be ended the other way round, also when not all of it came up. */
    const ends: (() => unknown)[] = [];
    let eventLogUrl: string;
    let readModelUrl: string;
    let system: ThreeProcesses;
    let second: ServerProcess;
    let load: RetryingLoad;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'percorso-projectors-'));
      ends.push(() => rm(folder, { recursive: true, force: true }));
      const places = await open(folder);
      ends.push(() => places.end?.());
      ({ eventLogUrl, readModelUrl } = places);
      system = await ThreeProcesses.start(eventLogUrl, readModelUrl);
      ends.push(() => system.kill());
      await system.of('query').until('/health/ready');
      second = await system.another('projector');
      ends.push(() => second.kill());
      load = new RetryingLoad(() => system.of('ingest').url, PORTIONS, 40, loads++ * PORTIONS.length);
      ends.push(() => load.abandon());
    }, 300_000);

    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end();
    });

    const caughtUp = () => untilReached(system.of('query'), position(load), TAKE_OVER_MS);

    it('one waits and is well, and takes over within ten seconds of the death of the other', async () => {
      await second.until('/status');
      await second.until('/health/ready');
      expect(second.printed).toContain('another projector has the lease');
      await sleep(500);
      await untilReached(system.of('query'), position(load), 60_000);
      await system.of('projector').kill();
      await sleep(200);
      expect(await caughtUp()).toBeLessThan(TAKE_OVER_MS);
      await load.stop();
      await expectNothingLost(load, system.of('query'));
      await expectRowsOfRebuild(eventLogUrl, readModelUrl, folder);
      expect(await second.stop()).toBe(0);
    }, 300_000);

    it(`what one writes late changes nothing, paused past its lease ${ROUNDS} times`, async () => {
      let [active, waiting] = [system.of('projector'), second];
      for (let round = 0; round < ROUNDS; round += 1) {
        await untilReached(system.of('query'), position(load), 60_000);
        await sleep(300 + Math.random() * 300);
        // In the middle of whatever it does: there is always something to write.
        active.pause();
        await sleep(100);
        expect(await caughtUp()).toBeLessThan(TAKE_OVER_MS);
        const before = await checkpoints(readModelUrl);
        active.resume();
        await sleep(1_500);
        for (const [id, checkpoint] of await checkpoints(readModelUrl)) {
          expect(checkpoint).toBeGreaterThanOrEqual(before.get(id)!);
        }
        await active.until('/status');
        [active, waiting] = [waiting, active];
      }
      await load.stop();
      expect(waiting.printed).toContain('another projector has the lease');
      await expectNothingLost(load, system.of('query'));
      await expectRowsOfRebuild(eventLogUrl, readModelUrl, folder);
    }, 300_000);
  });
}

const inFolder = (folder: string, name: string) => `sqlite:${join(folder, `${name}.db`)}`;

suite('a log and read models in SQLite', async (folder) => ({
  eventLogUrl: inFolder(folder, 'events'),
  readModelUrl: inFolder(folder, 'models'),
}));

describeWithMongodb('on servers', () => {
  let server: MongodbServer;

  beforeAll(async () => {
    server = await MongodbServer.start();
  });

  afterAll(() => server.stop());

  suite('a log in EventStoreDB and read models in MongoDB', async (folder) => {
    const given = await givenNodeFor('take-over', isOfLoad);
    if (given) return { eventLogUrl: given, readModelUrl: server.url() };
    const node = await EventStoreProcess.start(join(folder, 'node'));
    return { eventLogUrl: node.url, readModelUrl: server.url(), end: () => node.kill() };
  });
});
