import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerFile } from '#calendar';
import { type Catalogue } from '#catalogue';
import { answerOf, type ReplayOutcome, type ReplayTask } from './replay-messages.js';
import { type ReplayAnswer, type ReplayOptions } from './replay.js';
import { ReplayError } from './replay.error.js';

export interface RunReplayOptions extends Pick<ReplayOptions, 'selection' | 'kind' | 'upTo' | 'signal'> {
  /** The log is opened there anew, for reading. */
  readonly logUrl: string;
  readonly catalogue: Pick<Catalogue, 'json'>;
}

/**
 * Replays in a worker thread; what it promises and how it fails is that of `replayFunnel`, and `interrupted` when the
 * thread ends by itself. The temporary files are gone when the promise settles, also after an abort or a crash of the
 * thread: whoever starts it removes them, not the thread itself.
 */
export function runReplay({ signal, catalogue, ...task }: RunReplayOptions): Promise<ReplayAnswer> {
  return withTemporaryFolder(async (folder) => {
    signal?.throwIfAborted();
    const outcome = await outcomeOf({ ...task, catalogue: catalogue.json, folder }, signal);
    return answerOf(outcome);
  });
}

/** Gives the task an empty folder and removes it with everything in it when the task has ended, however it did. */
export async function withTemporaryFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'percorso-replay-'));
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomeOf(task: ReplayTask, signal: AbortSignal | undefined): Promise<ReplayOutcome> {
  const worker = new Worker(workerFile(import.meta.url, 'replay.worker'), { workerData: task });
  try {
    return await firstWord(worker, signal);
  } finally {
    // Its files can be removed only when it writes no more of them.
    await worker.terminate();
  }
}

function firstWord(worker: Worker, signal: AbortSignal | undefined): Promise<ReplayOutcome> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal!.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    worker.once('message', (outcome: ReplayOutcome) => resolve(outcome));
    worker.once('error', (cause) => {
      reject(new ReplayError('interrupted', `The replay broke off: ${String(cause)}`, { cause }));
    });
    worker.once('exit', () => {
      signal?.removeEventListener('abort', abort);
      reject(new ReplayError('interrupted', 'The thread of the replay ended without an answer.'));
    });
  });
}
