import { setTimeout as sleep } from 'node:timers/promises';
import { type ModelRow, type ReadModelStore } from '#read-models';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { type Projection } from '../projection.js';
import { type RunnerOptions, type RunnerStatus } from '../runner-options.js';
import { ProjectionRunner } from '../runner.js';

export const isCaughtUp = ({ active, projections, head }: RunnerStatus): boolean =>
  active && projections.every(({ position, problem }) => problem !== null || position >= head);

/** A runner that was started; `stop` waits until it has ended. */
export class Running {
  readonly runner: ProjectionRunner;
  private readonly ended = new AbortController();
  private readonly run: Promise<void>;

  constructor(options: RunnerOptions) {
    this.runner = new ProjectionRunner(options);
    this.run = this.runner.run(this.ended.signal);
  }

  async until(holds: (status: RunnerStatus) => boolean, limitMs = 10_000): Promise<RunnerStatus> {
    const start = Date.now();
    for (;;) {
      const status = await this.runner.status();
      if (holds(status)) return status;
      if (Date.now() - start > limitMs) throw new Error(`still ${JSON.stringify(status)}`);
      await sleep(2);
    }
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await this.run;
  }
}

/** Long enough for some ten thousand facts on a machine that does other things too. */
const RUN_LIMIT_MS = 120_000;

/** Runs until all is folded that can be, and gives the last status. */
export async function runToEnd(options: RunnerOptions): Promise<RunnerStatus> {
  const running = new Running(options);
  try {
    return await running.until(isCaughtUp, RUN_LIMIT_MS);
  } finally {
    await running.stop();
  }
}

/** All rows up to the checkpoint of the serving models, by projection. */
export async function servedRows(
  store: ReadModelStore,
  projections: readonly Projection[] = ALL_PROJECTIONS,
): Promise<Record<string, readonly ModelRow[]>> {
  const rows: Record<string, readonly ModelRow[]> = {};
  for (const info of await store.models()) {
    if (info.state !== 'serving') continue;
    const { form } = projections.find(({ name }) => name === info.projection)!;
    const model = await store.open(info, form, info.catalogue);
    rows[info.projection] = await model.rows({ after: 0, upTo: info.checkpoint, limit: 1_000_000 });
  }
  return rows;
}
