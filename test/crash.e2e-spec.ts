import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectNothingLost, untilReached, wholeLog } from './support/checked-system.js';
import { expectFiguresOfLog } from './support/figures-of-log.js';
import { RetryingLoad } from './support/retrying-load.js';
import { ServerProcess } from './support/server-process.js';

const CYCLES = 20;
/** After these restarts the figures are compared, while facts go on coming in, and once more at the end. */
const COMPARED = [7, 14];
const LOAD_MS: readonly [number, number] = [0, 600];
const PORTIONS = [1, 20, { lines: 60 }, 1, { lines: 200 }];
/** Between two requests of a sender: without it the facts of a run that others slow down are without number. */
const PAUSE_MS = 30;
const ACKNOWLEDGED_LIMIT_MS = 20_000;
const REACHED_LIMIT_MS = 60_000;

/** Draws numbers from 0 to 1 that another run with the same seed draws again (mulberry32). */
function drawsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a server killed at random points under load', () => {
  const seed = Number(process.env['PERCORSO_CRASH_SEED'] ?? Date.now() % 1_000_000);
  let folder: string;
  let server: ServerProcess;
  let load: RetryingLoad | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-crash-'));
    process.stderr.write(`kill times from PERCORSO_CRASH_SEED=${seed}\n`);
  });

  afterAll(async () => {
    load?.abandon();
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  /** Waits until the server that runs now has acknowledged something. */
  async function untilMore(than: number, sending: RetryingLoad): Promise<void> {
    for (const limit = Date.now() + ACKNOWLEDGED_LIMIT_MS; sending.acknowledged.size === than;) {
      if (Date.now() > limit) throw new Error(`nothing is acknowledged:\n${server.printed}`);
      await sleep(5);
    }
  }

  it(`keeps every acknowledged fact exactly once, ${CYCLES} times`, async () => {
    const draw = drawsOf(seed);
    server = await ServerProcess.start(folder, { ready: false });
    load = new RetryingLoad(() => server.url, PORTIONS, PAUSE_MS);
    let fruitful = 0;
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const before = load.acknowledged.size;
      // Every fourth is killed at any time, perhaps before it has taken anything.
      if (cycle % 4 !== 3) await untilMore(before, load);
      const [least, most] = LOAD_MS;
      await sleep(least + draw() * (most - least));
      if (COMPARED.includes(cycle)) {
        const after = load.lastPosition;
        await untilReached(server, after, REACHED_LIMIT_MS);
        await expectFiguresOfLog(server, after);
      }
      if (load.acknowledged.size > before) fruitful += 1;
      await server.kill();
      server = await ServerProcess.start(folder, { ready: false });
    }
    expect(fruitful).toBeGreaterThanOrEqual(0.75 * CYCLES);
    await load.stop();
    // Each kill breaks off what is under way, which is sent again as it was.
    expect(load.answers.get(0)).toBeGreaterThanOrEqual(CYCLES);

    await expectNothingLost(load, server);
    // Nothing is in the log that was not sent, and all that was sent is acknowledged by now.
    expect((await wholeLog(server)).length).toBe(load.acknowledged.size);
    await expectFiguresOfLog(server, load.lastPosition);
    expect(await server.stop()).toBe(0);
  }, 600_000);
});
