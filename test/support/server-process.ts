import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const START_LIMIT_MS = 60_000;
/** What `npm start` gives to Node. */
const OPTIONS = ['--max-old-space-size=384', '--max-semi-space-size=4'];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The compiled server, or one of its parts, as a process of its own, on files in a folder or on servers. */
export class ServerProcess {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-20_000);
      });
    }
  }

  /** Starts it and waits until it answers; `ready` waits for the read models too. */
  static async start(
    folder: string,
    options: {
      env?: Record<string, string>;
      ready?: boolean;
      program?: 'main' | 'demo';
      app?: 'server' | 'ingest' | 'projector' | 'query';
      limitMs?: number;
    } = {},
  ): Promise<ServerProcess> {
    const port = await freePort();
    const program = `${options.program ?? 'main'}.js`;
    const child = spawn(
      process.execPath,
      [...OPTIONS, join('dist', 'apps', options.app ?? 'server', 'src', program)],
      {
        env: {
          PATH: process.env['PATH'],
          MALLOC_ARENA_MAX: '2',
          PORT: String(port),
          EVENT_LOG_URL: `sqlite:${join(folder, 'events.db')}`,
          READ_MODEL_URL: `sqlite:${join(folder, 'read-models.db')}`,
          ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`);
    const path = options.ready === false ? '/health/live' : '/health/ready';
    await server.until(path, options.limitMs).catch(async (error: unknown) => {
      // Nobody else knows of the process, and as long as it runs the test run does not end.
      await server.kill();
      throw error;
    });
    return server;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until the server has printed this. */
  async printing(text: string, limitMs: number): Promise<void> {
    const limit = Date.now() + limitMs;
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`the server ended:\n${this.output}`);
      if (Date.now() > limit) throw new Error(`"${text}" was not printed in time:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until it answers there with success. */
  async until(path: string, limitMs = START_LIMIT_MS): Promise<void> {
    const limit = Date.now() + limitMs;
    for (;;) {
      const answer = await fetch(this.url + path).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok) return;
      if (this.child.exitCode !== null) throw new Error(`the server ended:\n${this.output}`);
      if (Date.now() > limit) throw new Error(`${path} is not up in time:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** What it printed last. */
  get printed(): string {
    return this.output;
  }

  async get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    // A connection of its own: one kept alive may be closed by the server while this process was busy.
    const answer = await fetch(this.url + path, { headers: { connection: 'close', ...headers } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Ends it at once, as a power failure would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Stops it without ending it; `resume` lets it go on. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Asks it to end; gives its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }
}
