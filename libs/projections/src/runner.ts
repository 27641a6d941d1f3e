import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventLogError } from '#event-log';
import { type Lease, type Position, type ReadModelStore } from '#read-models';
import { ALL_PROJECTIONS } from './all-projections.js';
import { type Lane, OvertakenError } from './lane.js';
import { KeptLease, type LeaseOptions, takeLease } from './lease-keeper.js';
import {
  type ProjectionStatus,
  type RunnerLog,
  type RunnerOptions,
  type RunnerStatus,
} from './runner-options.js';
import { Session } from './session.js';

const LEASE_NAME = 'projector';
const LEASE_TTL_MS = 3_000;
const PAGE_SIZE = 4_000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Keeps the read models: follows the log and writes what each fact adds, exactly once however often it is stopped,
 * killed or run by two at the same time. Only the holder of the lease writes; others wait.
 */
export class ProjectionRunner {
  private session: Session | undefined;
  /** Where the models stood when the log turned out to be damaged; undefined as soon as there is progress again. */
  private standstill: readonly ProjectionStatus[] | undefined;
  private isStandby = false;
  private head: Position = 0;
  private factsFolded = 0;
  private readonly report: RunnerLog;
  private readonly lease: LeaseOptions;

  constructor(private readonly options: RunnerOptions) {
    this.report = options.report ?? (() => undefined);
    this.lease = { name: LEASE_NAME, holder: randomUUID(), ttlMs: options.leaseTtlMs ?? LEASE_TTL_MS };
  }

  /** Runs until the signal; resolves when the last page is written and the lease given back. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    let told = '';
    while (!signal.aborted) {
      const foldedBefore = this.factsFolded;
      try {
        await this.serve(signal);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // A store that is away for an hour is one line, not thousands.
        if (message !== told) {
          const level = error instanceof OvertakenError ? 'warn' : 'error';
          this.report(level, 'the projector begins again', { reason: message });
        }
        told = message;
        pauseMs = this.factsFolded > foldedBefore ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /**
   * Begins to build all models again beside those that serve. Resolves when it has begun; the take-over is logged and
   * seen in `status`. False when this runner does not write at the moment.
   */
  async rebuild(): Promise<boolean> {
    if (!this.session) return false;
    await this.session.rebuild();
    return true;
  }

  /** Where the models stand. Rejects when the log cannot be asked for its head. */
  async status(): Promise<RunnerStatus> {
    this.head = Math.max(this.head, await this.options.log.head());
    return {
      active: this.session !== undefined || this.standstill !== undefined,
      standby: this.isStandby,
      projections: this.isStandby
        ? await servingModels(this.options.store)
        : (this.standstill ?? (this.session?.lanes ?? []).map(statusOf)),
      head: this.head,
      factsFolded: this.factsFolded,
    };
  }

  private async takeLease(signal: AbortSignal): Promise<Lease | undefined> {
    try {
      return await takeLease(this.options.store, this.lease, signal, () => {
        if (!this.isStandby)
          this.report('info', 'another projector has the lease; this one waits to take over');
        this.isStandby = true;
      });
    } finally {
      this.isStandby = false;
    }
  }

  private async serve(signal: AbortSignal): Promise<void> {
    const { store, log, catalogue, projections = ALL_PROJECTIONS, pageSize = PAGE_SIZE } = this.options;
    const lease = await this.takeLease(signal);
    if (!lease) return;
    this.report('info', 'the projector has the lease', { epoch: lease.epoch });
    const kept = new KeptLease(store, this.lease, lease);
    const onPage = (facts: number) => {
      this.factsFolded += facts;
      if (facts > 0) this.standstill = undefined;
    };
    const options = { store, log, catalogue, projections, lease, pageSize, report: this.report, onPage };
    this.session = new Session(options, AbortSignal.any([signal, kept.lost]));
    try {
      await this.session.run();
    } catch (error) {
      this.standstill = isDamage(error) ? this.session.lanes.map(stoppedBy(error)) : undefined;
      throw error;
    } finally {
      this.session = undefined;
      await kept.release().catch((error: unknown) => this.tellUnreleased(error));
    }
  }

  /** Thrown, it would stand in the place of why the session ended; the lease runs out by itself. */
  private tellUnreleased(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.report('warn', 'the lease could not be given back', { reason });
  }
}

async function servingModels(store: ReadModelStore): Promise<ProjectionStatus[]> {
  const serving = (await store.models()).filter(({ state }) => state === 'serving');
  return serving.map(({ projection, id, state, checkpoint, problem }) => {
    return { name: projection, model: id, state, position: checkpoint, problem };
  });
}

function statusOf({ projection, model, state, checkpoint, problem }: Lane) {
  return { name: projection.name, model: model.id, state, position: checkpoint, problem };
}

/** A fact that the log itself cannot give back. Trying again is cheap and helps when the log is mended. */
function isDamage(error: unknown): error is EventLogError {
  return error instanceof EventLogError && error.code === 'corrupt';
}

function stoppedBy({ message }: EventLogError) {
  return (lane: Lane): ProjectionStatus => {
    const status = statusOf(lane);
    return { ...status, problem: status.problem ?? { position: status.position, detail: message } };
  };
}
