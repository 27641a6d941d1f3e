import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { workerFile } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type RunnerLog, type RunnerStatus } from '#projections';
import { ProjectorError } from './projector.error.js';
import {
  type FromProjector,
  type ProjectorCall,
  type ProjectorResults,
  type ProjectorWorkerData,
  type ToProjector,
} from './projector-messages.js';

export interface ProjectorOptions {
  readonly eventLogUrl: string;
  readonly readModelUrl: string;
  readonly catalogue: Catalogue;
  /** Where to say what happens. */
  readonly report: RunnerLog;
}

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** Far more than its caches take; with a limit the engine tidies up instead of asking for more memory. */
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 24 };

/** A thread that ran this long was well; the next failure starts from the shortest wait again. */
const STEADY_MS = 60_000;
/** A thread that has not stopped by then is cut off: whatever it was writing is written again. */
const STOP_LIMIT_MS = 10_000;

interface Waiting {
  readonly resolve: (result: ProjectorResults[ProjectorCall]) => void;
  readonly reject: (error: ProjectorError) => void;
}

/** Keeps the projecting thread running from the start of the module to its end. */
export class ProjectorService implements OnModuleInit, OnModuleDestroy {
  private worker: Worker | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private stopping: AbortController | undefined;
  private backOffMs = FIRST_BACK_OFF_MS;
  private lastId = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly options: ProjectorOptions) {}

  onModuleInit(): void {
    this.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  /** Starts the thread; nothing happens when it was started before. Does not wait until models are there. */
  start(): void {
    if (this.stopping) return;
    this.stopping = new AbortController();
    this.launch(this.stopping.signal);
  }

  /** Resolves when the page at hand is written and the thread has ended. */
  async stop(): Promise<void> {
    if (!this.stopping) return;
    this.stopping.abort();
    this.stopping = undefined;
    const worker = this.worker;
    if (!worker) return;
    worker.postMessage({ kind: 'stop' } satisfies ToProjector);
    const limit = new AbortController();
    const late = sleep(STOP_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => undefined);
    if ((await Promise.race([this.ended, late])) === 'late') await worker.terminate();
    limit.abort();
  }

  /** Where the read models stand. Rejects with a `ProjectorError` while the thread is not running. */
  status(): Promise<RunnerStatus> {
    return this.call('status');
  }

  /**
   * Begins to build all read models again beside those that serve. False when this process does not write them at the
   * moment. Rejects with a `ProjectorError` while the thread is not running.
   */
  rebuild(): Promise<boolean> {
    return this.call('rebuild');
  }

  private call<C extends ProjectorCall>(call: C): Promise<ProjectorResults[C]> {
    const { worker } = this;
    if (!worker) return Promise.reject(new ProjectorError('the projecting thread is not running'));
    const id = (this.lastId += 1);
    return new Promise<ProjectorResults[ProjectorCall]>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ kind: 'call', id, call } satisfies ToProjector);
    }) as Promise<ProjectorResults[C]>;
  }

  private launch(signal: AbortSignal): void {
    const { eventLogUrl, readModelUrl, catalogue } = this.options;
    const workerData: ProjectorWorkerData = { eventLogUrl, readModelUrl, catalogue: catalogue.json };
    // Options of the process (a script given with --eval, a debugger's port) are not meant for this thread.
    const worker = new Worker(workerFile(import.meta.url, 'projector.worker'), {
      workerData,
      execArgv: [],
      resourceLimits: MEMORY_LIMITS,
    });
    const startedAt = Date.now();
    let reason = 'it ended';
    this.worker = worker;
    worker.on('message', (message: FromProjector) => this.receive(message));
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    this.ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        this.worker = undefined;
        this.failAll(`the projecting thread has ended: ${reason}`);
        resolve();
        if (signal.aborted) return;
        if (Date.now() - startedAt > STEADY_MS) this.backOffMs = FIRST_BACK_OFF_MS;
        void this.restart(reason, signal);
      });
    });
  }

  private async restart(reason: string, signal: AbortSignal): Promise<void> {
    const wait = this.backOffMs;
    this.backOffMs = Math.min(wait * 2, LONGEST_BACK_OFF_MS);
    this.options.report('error', 'the projecting thread crashed and is started again', { reason, wait });
    await sleep(wait, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) this.launch(signal);
  }

  private receive(message: FromProjector): void {
    if (message.kind === 'report') {
      this.options.report(message.level, message.message, message.details);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.result);
    else waiting?.reject(new ProjectorError(message.reason));
  }

  private failAll(reason: string): void {
    const open = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of open) reject(new ProjectorError(reason));
  }
}
