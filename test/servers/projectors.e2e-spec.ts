import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openReadModels } from '#read-models/open';
import { describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { expectNothingLost, expectRowsOfRebuild, untilReached } from '../support/checked-system.js';
import { RetryingLoad } from '../support/retrying-load.js';
import { type ServerProcess } from '../support/server-process.js';
import { ThreeProcesses } from '../support/three-processes.js';

const TAKE_OVER_MS = 10_000;
const ROUNDS = 3;

const position = (load: RetryingLoad) => load.lastPosition;

async function checkpoints(readModelUrl: string): Promise<Map<string, number>> {
  const store = await openReadModels(readModelUrl, { readonly: true });
  const models = await store.models();
  await store.close();
  return new Map(models.map(({ id, checkpoint }) => [id, checkpoint]));
}

/** Two projectors on one store: `first` has the lease to begin with. */
function suite(name: string, open: () => Promise<string>): void {
  describe(`two projectors on read models in ${name}`, () => {
    let folder: string;
    let eventLogUrl: string;
    let readModelUrl: string;
    let system: ThreeProcesses;
    let second: ServerProcess | undefined;
    let load: RetryingLoad;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'percorso-projectors-'));
      eventLogUrl = `sqlite:${join(folder, 'events.db')}`;
      readModelUrl = (await open()) || `sqlite:${join(folder, 'models.db')}`;
      system = await ThreeProcesses.start(eventLogUrl, readModelUrl);
      await system.of('query').until('/health/ready');
      second = await system.another('projector');
      load = new RetryingLoad(() => system.of('ingest').url, [1, 5], 40);
    }, 120_000);

    afterEach(async () => {
      load.abandon();
      await system.kill();
      await second?.kill();
      await rm(folder, { recursive: true, force: true });
    });

    const caughtUp = () => untilReached(system.of('query'), position(load), TAKE_OVER_MS);

    it('one waits and is well, and takes over within ten seconds of the death of the other', async () => {
      await second!.until('/status');
      await second!.until('/health/ready');
      expect(second!.printed).toContain('another projector has the lease');
      await sleep(500);
      await untilReached(system.of('query'), position(load), 60_000);
      await system.of('projector').kill();
      await sleep(200);
      expect(await caughtUp()).toBeLessThan(TAKE_OVER_MS);
      await load.stop();
      await expectNothingLost(load, system.of('query'));
      await expectRowsOfRebuild(eventLogUrl, readModelUrl, folder);
      expect(await second!.stop()).toBe(0);
    }, 120_000);

    it(`what one writes late changes nothing, paused past its lease ${ROUNDS} times`, async () => {
      let [active, waiting] = [system.of('projector'), second!];
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
    }, 120_000);
  });
}

suite('SQLite', async () => '');

describeWithMongodb('on a server', () => {
  let server: MongodbServer;

  beforeAll(async () => {
    server = await MongodbServer.start();
  });

  afterAll(() => server.stop());

  suite('MongoDB', async () => server.url());
});
