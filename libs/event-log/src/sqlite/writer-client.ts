import { Worker } from 'node:worker_threads';
import { workerFile } from '#calendar';
import { EventLogError } from '../event-log.error.js';
import { type AppendOutcome, type AppendRequest } from '../event-log.port.js';
import { requireAppend } from '../storable.js';
import { rowBytes, toRow } from './fact-row.js';
import { type SqliteSettings } from './settings.js';
import { type Committed, type Failed, type FromWriter, type PackedAppend } from './writer-messages.js';

/** The thread holds no more than the requests of one commit; what they leave behind is swept up often and cheaply. */
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 };

interface Pending {
  readonly facts: number;
  readonly bytes: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: EventLogError) => void;
}

/** What the writer of a log has done since it was opened, and what is waiting. */
export interface WriterStats {
  readonly appends: number;
  readonly facts: number;
  /** Appends refused because the stream was not at the expected revision. */
  readonly wrongRevisions: number;
  /** Appends turned away because too much was waiting. */
  readonly overloaded: number;
  readonly commits: number;
  readonly commitMilliseconds: number;
  readonly waitingFacts: number;
  readonly waitingBytes: number;
}

/** The main thread's end of the writing thread: queue, bounds, and the way back of the outcomes. */
export class WriterClient {
  private readonly pending: Pending[] = [];
  private outbox: PackedAppend[] = [];
  private down: EventLogError | undefined;
  private readonly exited: Promise<unknown>;
  /** Rejects when the thread ends before it could open the log. */
  private readonly ready: Promise<void>;
  private readonly counts = { appends: 0, facts: 0, wrongRevisions: 0, overloaded: 0, commits: 0 };
  private commitMilliseconds = 0;
  private waitingFacts = 0;
  private waitingBytes = 0;

  private constructor(
    private readonly worker: Worker,
    private readonly settings: SqliteSettings,
    private readonly onCommit: () => void,
  ) {
    worker.on('error', (cause) => this.fail('the writing thread crashed', cause));
    this.exited = new Promise((resolve) => worker.once('exit', resolve));
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: FromWriter) => this.receive(message, resolve));
      worker.once('exit', () => reject(this.fail('the writing thread has ended')));
    });
  }

  /** Starts the thread; resolves when it holds the lock and the file is open. `onCommit` is called after each commit. */
  static async start(path: string, settings: SqliteSettings, onCommit: () => void): Promise<WriterClient> {
    const worker = new Worker(workerFile(import.meta.url, 'sqlite-writer.worker'), {
      workerData: { path, settings },
      // Options of the process (a script given with --eval, a debugger's port) are not meant for this thread.
      execArgv: [],
      resourceLimits: MEMORY_LIMITS,
    });
    const client = new WriterClient(worker, settings, onCommit);
    await client.ready;
    return client;
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      if (this.down) throw this.down;
      const packed = pack(request);
      const facts = packed.rows.length;
      this.requireRoom(facts, packed.bytes);
      this.pending.push({ facts, bytes: packed.bytes, resolve, reject });
      this.waitingFacts += facts;
      this.waitingBytes += packed.bytes;
      // One message for all that this turn of the event loop brings: a message costs more than a fact.
      if (this.outbox.push(packed) === 1) setImmediate(() => this.flush());
    });
  }

  stats(): WriterStats {
    const { waitingFacts, waitingBytes, commitMilliseconds } = this;
    return { ...this.counts, commitMilliseconds, waitingFacts, waitingBytes };
  }

  /** Resolves when everything accepted has its outcome and the thread has freed the file. */
  async close(): Promise<void> {
    this.flush();
    this.worker.postMessage({ kind: 'close' });
    await this.exited;
  }

  /** Ends the thread on the spot, as a crash would. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private requireRoom(facts: number, bytes: number): void {
    const { maxWaitingFacts, maxWaitingBytes } = this.settings;
    // An append larger than the bound is taken on when nothing else is waiting: otherwise it could never succeed.
    if (this.pending.length === 0) return;
    if (this.waitingFacts + facts <= maxWaitingFacts && this.waitingBytes + bytes <= maxWaitingBytes) return;
    this.counts.overloaded += 1;
    throw new EventLogError(
      'overloaded',
      `${this.waitingFacts} facts (${this.waitingBytes} bytes) are waiting to be written`,
    );
  }

  private flush(): void {
    if (this.outbox.length === 0) return;
    const appends = this.outbox;
    this.outbox = [];
    this.worker.postMessage({ kind: 'append', appends });
  }

  private receive(message: FromWriter, ready: () => void): void {
    switch (message.kind) {
      case 'ready':
        return ready();
      case 'refused':
        this.down = new EventLogError(message.code, message.message);
        return;
      case 'committed':
        return this.settle(message);
      case 'failed':
        return this.rejectOldest(message);
    }
  }

  private settle({ firstPositions, actualRevisions, milliseconds }: Committed): void {
    this.counts.commits += 1;
    this.commitMilliseconds += milliseconds;
    const done = this.take(firstPositions.length);
    for (let index = 0; index < done.length; index += 1) {
      const { facts, resolve } = done[index]!;
      const first = firstPositions[index] ?? 0;
      if (first > 0) {
        this.counts.appends += 1;
        this.counts.facts += facts;
        resolve({ kind: 'appended', positions: positionsFrom(first, facts) });
      } else {
        this.counts.wrongRevisions += 1;
        resolve({ kind: 'wrong-expected-revision', actualRevision: actualRevisions[index] ?? 0 });
      }
    }
    this.onCommit();
  }

  private rejectOldest({ count, code, message }: Failed): void {
    for (const { reject } of this.take(count)) reject(new EventLogError(code, message));
  }

  private take(count: number): Pending[] {
    const taken = this.pending.splice(0, count);
    for (const { facts, bytes } of taken) {
      this.waitingFacts -= facts;
      this.waitingBytes -= bytes;
    }
    return taken;
  }

  private fail(message: string, cause?: unknown): EventLogError {
    this.down ??= new EventLogError('unavailable', message, { cause });
    this.outbox = [];
    for (const { reject } of this.take(this.pending.length)) {
      reject(new EventLogError('outcome-unknown', message, { cause }));
    }
    return this.down;
  }
}

function positionsFrom(first: number, count: number): number[] {
  const positions: number[] = [];
  for (let position = first; position < first + count; position += 1) positions.push(position);
  return positions;
}

function pack(request: AppendRequest): PackedAppend {
  const { stream, expectedRevision, facts } = requireAppend(request);
  const rows = facts.map(toRow);
  let bytes = 0;
  for (const row of rows) bytes += rowBytes(row);
  return { stream, expectedRevision, rows, bytes };
}
