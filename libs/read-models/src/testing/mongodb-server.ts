import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Names a program that starts a server: `[--port N] [--dir FOLDER] [--standalone]`; its first line ends in `:PORT`. */
const PROGRAM = process.env['PERCORSO_MONGODB'] ?? '';
/** Or a server that runs already. */
const RUNNING = /^mongodb/.test(process.env['READ_MODEL_URL'] ?? '') ? process.env['READ_MODEL_URL']! : '';
const START_LIMIT_MS = 30_000;

export type Topology = 'standalone' | 'replica set';

/** How the servers of this test run can be had. */
export const MONGODB_TOPOLOGIES: readonly Topology[] = RUNNING
  ? ['replica set']
  : ['standalone', 'replica set'];
export const canStartMongodb = PROGRAM !== '';

/** Defines suites that need a server; where there is none they are skipped, and a line says so. */
export function describeWithMongodb(name: string, define: () => void): void {
  if (PROGRAM || RUNNING) {
    describe(name, define);
    return;
  }
  process.stderr.write(
    `skipped: ${name}: needs READ_MODEL_URL=mongodb://… or PERCORSO_MONGODB=PROGRAM that starts a server\n`,
  );
  describe.skip(name, define);
}

export interface MongodbServerOptions {
  readonly topology?: Topology;
  /** Where the data stay when the server ends; else they go with it. */
  readonly folder?: string;
  readonly port?: number;
}

/** A server for tests, with as many databases as they want. */
export class MongodbServer {
  private constructor(
    private readonly child: ChildProcess | undefined,
    /** 0 for a server that runs already. */
    readonly port: number,
    private readonly options: MongodbServerOptions,
  ) {}

  /** Starts one, or takes the one that runs already where nothing is asked of it. */
  static async start(options: MongodbServerOptions = {}): Promise<MongodbServer> {
    const { topology = 'replica set', folder, port = 0 } = options;
    if (RUNNING && folder === undefined) return new MongodbServer(undefined, 0, options);
    const args = ['--port', String(port)];
    if (folder !== undefined) args.push('--dir', folder);
    if (topology === 'standalone') args.push('--standalone');
    const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const lines = createInterface({ input: child.stdout });
    const signal = AbortSignal.timeout(START_LIMIT_MS);
    const [line] = (await once(lines, 'line', { signal })) as [string];
    return new MongodbServer(child, Number(/:(\d+)\s*$/.exec(line)![1]), options);
  }

  /** The URL of a database of this name, or of a new one; `port` is that of something in between. */
  url(database = `percorso_test_${randomBytes(6).toString('hex')}`, port = this.port): string {
    if (!this.child) return RUNNING.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${database}`);
    const direct = this.options.topology === 'standalone' ? '' : '?directConnection=true';
    return `mongodb://127.0.0.1:${port}/${database}${direct}`;
  }

  /** Ends it at once, as a power failure would. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Starts it again on the same data and the same port. */
  async restarted(): Promise<MongodbServer> {
    await this.kill();
    return MongodbServer.start({ ...this.options, port: this.port });
  }

  /** Stops it without ending it, so that it is silent; `resume` lets it go on. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    this.signal('SIGCONT');
    this.signal(signal);
    await ended;
  }

  /** To the whole group: the program may have started the server as a child of its own. */
  private signal(signal: NodeJS.Signals): void {
    process.kill(-this.child!.pid!, signal);
  }
}
