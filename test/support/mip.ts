import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whom the command line asks, and what it is given. */
export interface MipOptions {
  readonly url?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts `mip` as a process of its own, as a shell would. */
export function startMip(args: readonly string[], { url, env }: MipOptions = {}): ChildProcess {
  return spawn(process.execPath, [join('apps', 'cli', 'bin', 'mip.js'), ...args], {
    env: { PATH: process.env['PATH'], ...(url === undefined ? {} : { PERCORSO_URL: url }), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
export async function mip(args: readonly string[], options: MipOptions = {}): Promise<Ended> {
  const child = startMip(args, options);
  child.stdin!.end(options.input ?? '');
  return ended(child);
}

/** What a started one printed, once it has ended. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text: string) => (printed[name] += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...printed };
}

/** What a run with `--json` answered. */
export async function mipJson<T>(args: readonly string[], options: MipOptions = {}): Promise<T> {
  const { code, stdout, stderr } = await mip([...args, '--json'], options);
  if (code !== 0) throw new Error(`mip ${args.join(' ')}: ${code} ${stderr}`);
  return JSON.parse(stdout) as T;
}
