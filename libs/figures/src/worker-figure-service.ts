import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerFile } from '#calendar';
import { FigureError } from './figure.error.js';
import {
  type FigureCall,
  type FigureQuestion,
  type FigureReply,
  type FigureResult,
  type FigureWorkerData,
  unpacked,
} from './figure-messages.js';
import {
  type FigureAnswer,
  type FigureModelStatus,
  type FigureRequest,
  type FigureService,
} from './figure-request.js';

/** Its columns lie outside this heap; what it makes for an answer is short-lived, so little room for it is enough. */
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12 };

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** A thread that ran this long was well; the next failure starts from the shortest wait again. */
const STEADY_MS = 60_000;

interface Waiting {
  readonly resolve: (result: FigureResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Asks the figures of a worker thread, so that no answer keeps the calling thread busy. A thread that ends by itself
 * takes its open questions with it (`unavailable`) and is started again, each time after a longer wait.
 */
export class WorkerFigureService implements FigureService {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private backOffMs = FIRST_BACK_OFF_MS;
  private readonly stopped = new AbortController();

  constructor(private readonly data: FigureWorkerData) {
    this.start();
  }

  async ask(
    request: FigureRequest,
    options: { readonly after?: number; readonly waitMs?: number } = {},
  ): Promise<FigureAnswer> {
    const result = await this.call({ kind: 'ask', request, options });
    if (result.kind === 'answer') return unpacked(result.answer);
    throw mismatch(result);
  }

  async askAll(
    requests: readonly FigureRequest[],
    options: { readonly after?: number; readonly waitMs?: number } = {},
  ): Promise<readonly FigureAnswer[]> {
    const result = await this.call({ kind: 'ask-all', requests, options });
    if (result.kind === 'answers') return result.answers.map(unpacked);
    throw mismatch(result);
  }

  async status(): Promise<readonly FigureModelStatus[]> {
    const result = await this.call({ kind: 'status' });
    if (result.kind === 'status') return result.status;
    throw mismatch(result);
  }

  async close(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    this.stopped.abort();
    const worker = this.worker;
    if (!worker) return;
    await this.call({ kind: 'close' }).catch(() => undefined);
    await worker.terminate();
  }

  private call(call: FigureCall): Promise<FigureResult> {
    const worker = this.worker;
    if (!worker || (this.stopped.signal.aborted && call.kind !== 'close')) {
      return Promise.reject(
        new FigureError('unavailable', 'The thread that answers figures is not running.'),
      );
    }
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, call } satisfies FigureQuestion);
    });
  }

  private start(): void {
    const worker = new Worker(workerFile(import.meta.url, 'figure.worker'), {
      workerData: this.data,
      resourceLimits: MEMORY_LIMITS,
    });
    const startedAt = Date.now();
    let reason = 'it ended';
    this.worker = worker;
    worker.on('message', (reply: FigureReply) => this.settle(reply));
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      this.worker = undefined;
      this.failAll(`The thread that answers figures stopped: ${reason}`);
      if (Date.now() - startedAt > STEADY_MS) this.backOffMs = FIRST_BACK_OFF_MS;
      void this.restart();
    });
  }

  private async restart(): Promise<void> {
    const wait = this.backOffMs;
    this.backOffMs = Math.min(wait * 2, LONGEST_BACK_OFF_MS);
    const { signal } = this.stopped;
    await sleep(wait, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) this.start();
  }

  private settle({ id, result }: FigureReply): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (result.kind === 'error') waiting?.reject(new FigureError(result.code, result.message));
    else if (result.kind === 'fault') waiting?.reject(new Error(`A figure failed: ${result.detail}`));
    else waiting?.resolve(result);
  }

  private failAll(message: string): void {
    const open = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of open) reject(new FigureError('unavailable', message));
  }
}

function mismatch(result: FigureResult): FigureError {
  return new FigureError('unavailable', `The thread that answers figures replied with ${result.kind}.`);
}
