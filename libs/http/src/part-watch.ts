import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger } from 'pino';

const WHILE_THERE_MS = 5_000;
const WHILE_AWAY_MS = 1_000;

/** Tells in the log of the process when a part that it needs is away, why, and when it is back; each once. */
export class PartWatch {
  private readonly stopped = new AbortController();
  private readonly watching: readonly Promise<void>[];

  /** @param parts by their names, how each is asked whether it is there */
  constructor(
    parts: Readonly<Record<string, () => Promise<unknown>>>,
    private readonly logger: Pick<Logger, 'info' | 'warn'>,
  ) {
    this.watching = Object.entries(parts).map(([name, ask]) => this.watch(name, ask));
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.watching);
  }

  private async watch(name: string, ask: () => Promise<unknown>): Promise<void> {
    const { signal } = this.stopped;
    let told: string | undefined;
    while (!signal.aborted) {
      const reason = await ask().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (signal.aborted) return;
      if (reason !== undefined && told === undefined) this.logger.warn({ reason }, `waiting for ${name}`);
      if (reason === undefined && told !== undefined) this.logger.info(`${name}: there again`);
      told = reason;
      const pause = reason === undefined ? WHILE_THERE_MS : WHILE_AWAY_MS;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}
