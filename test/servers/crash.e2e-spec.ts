import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canStartMongodb, describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { expectNothingLost, expectRowsOfRebuild } from '../support/checked-system.js';
import { EventStoreProcess } from '../support/event-store-process.js';
import { RetryingLoad } from '../support/retrying-load.js';
import { PARTS, ThreeProcesses } from '../support/three-processes.js';

const CYCLES = 24;
const LOAD_MS: readonly [number, number] = [50, 700];
const VICTIMS = [...PARTS, 'mongodb', 'eventstoredb'] as const;
/** A question that waits for a position waits five seconds; a store that is away is given five more. */
const READ_LIMIT_MS = 15_000;

/** Reads what was acknowledged, again and again; an answer is right, or 503, or broken off. */
async function readWhile(running: () => boolean, load: RetryingLoad, url: () => string): Promise<number> {
  let right = 0;
  while (running()) {
    const after = load.lastPosition;
    const answer = await fetch(`${url()}/v1/funnel/monthly?after=${after}`, {
      signal: AbortSignal.timeout(READ_LIMIT_MS),
    }).catch((error: Error) => {
      if (error.name === 'TimeoutError') throw new Error('a question hangs', { cause: error });
      return undefined;
    });
    const text = await answer?.text().catch(() => undefined);
    if (!answer || text === undefined) {
      await sleep(50);
      continue;
    }
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBeTruthy();
    else {
      expect({ status: answer.status, text }).toMatchObject({ status: 200 });
      const { position } = JSON.parse(text) as { position: string };
      expect(Number(position)).toBeGreaterThanOrEqual(Number(after));
      right += 1;
    }
    await sleep(20);
  }
  return right;
}

describeWithMongodb('three processes on EventStoreDB and MongoDB, killed at random points under load', () => {
  if (!canStartMongodb) return it.skip('needs PERCORSO_MONGODB', () => undefined);

  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-servers-crash-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`keep every acknowledged fact exactly once, ${CYCLES} times`, async () => {
    let node = await EventStoreProcess.start(join(folder, 'node'));
    let mongodb = await MongodbServer.start({ folder: join(folder, 'mongodb') });
    const readModelUrl = mongodb.url('percorso');
    const system = await ThreeProcesses.start(node.url, readModelUrl).catch(async (error: unknown) => {
      await Promise.all([mongodb.kill(), node.kill()]);
      throw error;
    });
    const load = new RetryingLoad(() => system.of('ingest').url, [1, 20, 1], 10);
    let isRunning = true;
    const reading = readWhile(
      () => isRunning,
      load,
      () => system.of('query').url,
    );
    try {
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const [least, most] = LOAD_MS;
        await sleep(least + Math.random() * (most - least));
        // Each in its turn, so that each is killed in every run; when, is left to chance.
        const victim = VICTIMS[cycle % VICTIMS.length]!;
        if (victim === 'mongodb') mongodb = await mongodb.restarted();
        else if (victim === 'eventstoredb') node = await node.restarted();
        else await system.restart(victim);
      }
      await load.stop();
      isRunning = false;
      expect(await reading).toBeGreaterThan(0);
      expect(load.acknowledged.size).toBeGreaterThan(CYCLES);
      await expectNothingLost(load, system.of('query'));
      await expectRowsOfRebuild(node.url, readModelUrl, folder);
      expect(await system.stop()).toEqual([0, 0, 0]);
    } finally {
      isRunning = false;
      load.abandon();
      await system.kill();
      await Promise.all([mongodb.kill(), node.kill()]);
    }
  }, 600_000);
});
