import { Injectable } from '@nestjs/common';
import { ProblemError } from '#http';

/** A replay keeps a processor busy, and there are others who need one. */
const AT_ONCE = 1;
const WAITING_MOST = 8;
const WAIT_MOST_MS = 20_000;
const RETRY_AFTER_SECONDS = 10;

/** Lets one replay run at a time; some wait a while, and those that would wait too long are told to come back. */
@Injectable()
export class ReplayQueue {
  /** How long a task waits for its turn at most, milliseconds. */
  protected readonly waitMostMs: number = WAIT_MOST_MS;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * Runs the task when its turn comes.
   *
   * @param signal of a caller that may go away; then a task that waits never starts
   * @throws ProblemError `overloaded` when too many are waiting, `busy` when its turn has not come in time
   */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.turn(signal);
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.running < AT_ONCE) {
      this.running += 1;
      return Promise.resolve();
    }
    if (this.waiting.length >= WAITING_MOST) {
      const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
      throw new ProblemError('overloaded', `${WAITING_MOST} replays are waiting already.`, options);
    }
    return new Promise((resolve, reject) => {
      const settled = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', gone);
      };
      const start = () => {
        settled();
        resolve();
      };
      const leave = (reason: Error) => {
        settled();
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(reason);
      };
      const gone = () => leave(signal.reason as Error);
      const timer = setTimeout(() => leave(this.late()), this.waitMostMs);
      this.waiting.push(start);
      signal.addEventListener('abort', gone, { once: true });
    });
  }

  private late(): ProblemError {
    const detail = `Other replays took longer than this one may wait (${this.waitMostMs / 1_000} s).`;
    return new ProblemError('busy', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}
