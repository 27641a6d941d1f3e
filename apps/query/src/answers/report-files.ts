import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { workerFile } from '#calendar';
import { ProblemError } from '#http';
import { type Report } from '#report';
import { type FileFormat, type FileOutcome, type FileTask } from './report-file.js';

/** How long a thread that nobody asks keeps its memory. */
const IDLE_MS = 60_000;

interface Waiting {
  readonly resolve: (content: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Makes the files of reports in a worker thread, one after another, so that other requests are answered meanwhile. The
 * thread is started when somebody asks for a file, and ended when nobody has for a while.
 */
@Injectable()
export class ReportFiles implements OnModuleDestroy {
  protected worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private idle: NodeJS.Timeout | undefined;
  /** Milliseconds. */
  protected readonly idleMs: number = IDLE_MS;

  /**
   * The report in a format.
   *
   * @throws ProblemError `unavailable` when the thread ended before the file was made
   */
  make(report: Report, format: FileFormat): Promise<Uint8Array> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    const task: FileTask = { id: ++this.lastId, report, format };
    return new Promise((resolve, reject) => {
      this.waiting.set(task.id, { resolve, reject });
      this.worker!.postMessage(task);
    });
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(workerFile(import.meta.url, 'report-file.worker'));
    let reason = 'it ended';
    worker.on('message', (outcome: FileOutcome) => this.settle(outcome));
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      const open = [...this.waiting.values()];
      this.waiting.clear();
      const detail = `The thread that makes the files of reports stopped: ${reason}`;
      for (const { reject } of open) reject(new ProblemError('unavailable', detail));
    });
    return worker;
  }

  private settle(outcome: FileOutcome): void {
    const waiting = this.waiting.get(outcome.id);
    this.waiting.delete(outcome.id);
    if ('content' in outcome) waiting?.resolve(outcome.content);
    else waiting?.reject(new Error(`A report could not be made into a file: ${outcome.fault}`));
    if (this.waiting.size === 0) {
      this.idle = setTimeout(() => this.leave(), this.idleMs).unref();
    }
  }

  private leave(): void {
    const { worker } = this;
    // Who asks from now on gets a new one.
    this.worker = undefined;
    void worker?.terminate();
  }
}
