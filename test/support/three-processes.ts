import { ServerProcess } from './server-process.js';

export type Part = 'ingest' | 'projector' | 'query';
export const PARTS: readonly Part[] = ['ingest', 'projector', 'query'];

/** Ingest, projector and query as processes of their own, on one log and one store of read models. */
export class ThreeProcesses {
  private constructor(
    private readonly env: Record<string, string>,
    private readonly running: Record<Part, ServerProcess>,
  ) {}

  /** Starts them in the given order, or all at once; waits for nothing but that each answers. */
  static async start(
    eventLogUrl: string,
    readModelUrl: string,
    order?: readonly Part[],
  ): Promise<ThreeProcesses> {
    const env = { EVENT_LOG_URL: eventLogUrl, READ_MODEL_URL: readModelUrl };
    const running: Partial<Record<Part, ServerProcess>> = {};
    const start = async (app: Part) => void (running[app] = await startPart(app, env));
    try {
      for (const app of order ?? []) await start(app);
      // All of them, whatever becomes of one: those that still start could not be ended else.
      const starting = await Promise.allSettled(order ? [] : PARTS.map(start));
      for (const outcome of starting) if (outcome.status === 'rejected') throw outcome.reason;
    } catch (error) {
      await Promise.all(Object.values(running).map((one) => one.kill()));
      throw error;
    }
    return new ThreeProcesses(env, running as Record<Part, ServerProcess>);
  }

  of(part: Part): ServerProcess {
    return this.running[part];
  }

  /** Kills a part and starts it again. */
  async restart(part: Part): Promise<void> {
    await this.running[part].kill();
    this.running[part] = await startPart(part, this.env);
  }

  /** Another process of the part, beside the one that runs. */
  another(part: Part): Promise<ServerProcess> {
    return startPart(part, this.env);
  }

  /** Asks all to end; gives their exit codes. */
  async stop(): Promise<(number | null)[]> {
    return Promise.all(PARTS.map((part) => this.running[part].stop()));
  }

  async kill(): Promise<void> {
    await Promise.all(PARTS.map((part) => this.running[part].kill()));
  }
}

function startPart(app: Part, env: Record<string, string>): Promise<ServerProcess> {
  return ServerProcess.start('', { app, env, ready: false });
}
