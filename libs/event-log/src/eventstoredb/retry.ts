import { setTimeout as pause } from 'node:timers/promises';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Growing pauses between tries of the same thing, each of a random length so that not everybody comes back at once. */
export class BackOff {
  private next = FIRST_PAUSE_MS;

  constructor(private readonly longest = LONGEST_PAUSE_MS) {}

  reset(): void {
    this.next = FIRST_PAUSE_MS;
  }

  /** How long to wait this time, in milliseconds. */
  milliseconds(): number {
    const length = this.next * (0.5 + Math.random() / 2);
    this.next = Math.min(this.next * 2, this.longest);
    return length;
  }

  /** Waits; ends early by the signal. */
  async wait(signal?: AbortSignal): Promise<void> {
    await pause(this.milliseconds(), undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Does something again while it fails for a reason that may pass.
 *
 * @param fails called with each error: throws what is to be told instead of trying again
 */
export async function withPatience<T>(
  patienceMs: number,
  attempt: () => Promise<T>,
  fails: (error: unknown, isLast: boolean) => void,
): Promise<T> {
  const giveUp = Date.now() + patienceMs;
  const backOff = new BackOff();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const milliseconds = backOff.milliseconds();
      const isLast = Date.now() + milliseconds >= giveUp;
      fails(error, isLast);
      if (isLast) throw error;
      await pause(milliseconds);
    }
  }
}
