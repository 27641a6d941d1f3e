import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FigureAnswer,
  type FigureModelStatus,
  type FigureRequest,
  type FigureService,
} from './figure-request.js';

/** Figures that keep a thread busy for seconds, on a large history for a minute. */
const LONG: ReadonlySet<FigureRequest['figure']> = new Set(['nowcast-backtest']);
/** How long a thread that nobody asks keeps its memory. */
const IDLE_MS = 60_000;
/** How long it may take to fill its columns. */
const FILL_MS = 120_000;
const FILL_POLL_MS = 20;

type AskOptions = NonNullable<Parameters<FigureService['ask']>[1]>;

/**
 * Asks long figures of a second service, one after another, so that the others and the status are answered meanwhile. It
 * is started when somebody asks for one, and closed when nobody has for a while: it has columns of its own.
 */
export class AsideFigureService implements FigureService {
  private aside: FigureService | undefined;
  private open = 0;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly main: FigureService,
    private readonly start: () => FigureService,
    private readonly idleMs = IDLE_MS,
  ) {}

  ask(request: FigureRequest, options?: AskOptions): Promise<FigureAnswer> {
    return LONG.has(request.figure) ? this.askAside(request, options) : this.main.ask(request, options);
  }

  askAll(
    requests: readonly FigureRequest[],
    options?: Parameters<FigureService['askAll']>[1],
  ): Promise<readonly FigureAnswer[]> {
    return this.main.askAll(requests, options);
  }

  status(): Promise<readonly FigureModelStatus[]> {
    return this.main.status();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.main.close(), this.leave()]);
  }

  private async askAside(request: FigureRequest, options?: AskOptions): Promise<FigureAnswer> {
    // Closed, the first service says so in its words.
    if (this.closed) return this.main.ask(request, options);
    clearTimeout(this.idle);
    this.open++;
    try {
      this.aside ??= this.start();
      await this.filled(this.aside);
      return await this.aside.ask(request, options);
    } finally {
      if (--this.open === 0 && !this.closed) {
        this.idle = setTimeout(() => void this.leave(), this.idleMs).unref();
      }
    }
  }

  /** Waits until the second service answers from the models that the first one answers from. */
  private async filled(aside: FigureService): Promise<void> {
    const served = (await this.main.status()).filter(({ ready }) => ready);
    const deadline = Date.now() + FILL_MS;
    while (!this.closed && Date.now() < deadline) {
      const status = await aside.status();
      const ready = new Set(status.filter((one) => one.ready).map(({ projection }) => projection));
      if (served.every(({ projection }) => ready.has(projection))) return;
      await sleep(FILL_POLL_MS);
    }
  }

  private async leave(): Promise<void> {
    clearTimeout(this.idle);
    const { aside } = this;
    this.aside = undefined;
    await aside?.close();
  }
}
