import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 30_000;

/** The stand-in for a node of EventStoreDB as a process of its own, with its log in a folder. */
export class EventStoreProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(folder: string, port = 0): Promise<EventStoreProcess> {
    await mkdir(folder, { recursive: true });
    const program = join('dist', 'test', 'eventstoredb', 'main.js');
    const child = spawn(process.execPath, [program, '--port', String(port), '--data', folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [string];
    return new EventStoreProcess(child, folder, Number(/(\d+)\s*$/.exec(line)![1]));
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Ends it at once, as a power failure would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Kills it and starts it again at the same port with what it has stored. */
  async restarted(): Promise<EventStoreProcess> {
    await this.kill();
    return EventStoreProcess.start(this.folder, this.port);
  }
}
