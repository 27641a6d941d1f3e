import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs one of the bench's programs and gives what it printed. */
export async function program<T>(name: string, ...parameters: string[]): Promise<T> {
  const { stdout } = await run(
    process.execPath,
    [join('dist', 'test', 'bench', `${name}.js`), ...parameters],
    {
      maxBuffer: 1 << 24,
    },
  );
  return JSON.parse(stdout) as T;
}

export interface Posts {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly next: number;
}

export const posts = (url: string, connections: number, seconds: number, first: number, rate = 0) =>
  program<Posts>('post-load', url, String(connections), String(seconds), String(first), String(rate));

/** The bare server of the bench, in a process of its own. */
export async function bareServer(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join('dist', 'test', 'bench', 'bare-server.js')], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'inherit',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The most memory that a process has had so far, in megabytes (Linux only; NaN elsewhere). */
export function peakMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return Number(kilobytes) / 1024;
  } catch {
    return NaN;
  }
}
