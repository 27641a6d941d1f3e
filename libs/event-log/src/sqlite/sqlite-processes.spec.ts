import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { allFacts } from '../event-log.examples.js';
import { openSqliteEventLog } from './sqlite-event-log.js';

/** Opens the log, appends to several streams for ever, and prints the place of each fact once it is acknowledged. */
const APPENDING_PROCESS = `
  import { openEventLog } from '#event-log/open';
  const [url, name] = process.argv.slice(1);
  const log = await openEventLog(url, { mode: 'write' });
  process.stdout.write('open\\n');
  async function write(stream) {
    for (let revision = 0; ; revision += 2) {
      const facts = [revision, revision + 1].map((place) => ({
        source: '/crash', id: stream + '/' + place, type: 'it.mip.attended.v1', subject: 'J-1',
        time: 1, recorded: 2, accepted: 3, data: { text: 'x'.repeat(place % 500) },
      }));
      const outcome = await log.append({ stream, expectedRevision: revision - 1, facts });
      if (outcome.kind !== 'appended') throw new Error(JSON.stringify(outcome));
      process.stdout.write(facts.map((fact) => fact.id + '\\n').join(''));
    }
  }
  for (let writer = 0; writer < 16; writer += 1) void write(name + '-' + writer);
`;

describe('an event log in SQLite that several processes open', () => {
  let folder: string;
  let path: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-log-'));
    path = join(folder, 'log.db');
  });

  afterEach(async () => {
    if (child) await kill(child);
    await rm(folder, { recursive: true });
  });

  /** Starts a process that appends; resolves at its first line, which says that it has the log. */
  async function startAppending(name: string): Promise<{ process: ChildProcess; lines: string[] }> {
    const args = ['--input-type=module', '-e', APPENDING_PROCESS, `sqlite:${path}`, name];
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    const reading = createInterface({ input: child.stdout! });
    reading.on('line', (line) => lines.push(line));
    await Promise.race([once(reading, 'line'), failure(child)]);
    return { process: child, lines };
  }

  async function failure(running: ChildProcess): Promise<never> {
    await once(running, 'exit');
    throw new Error('the writing process ended before it had the log');
  }

  async function kill(running: ChildProcess): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const closed = once(running, 'close');
    running.kill('SIGKILL');
    await closed;
  }

  it('is locked while another process writes, readable all the same, and free when that one is killed', async () => {
    const { process: writer } = await startAppending('a');
    await expect(openSqliteEventLog(path, { mode: 'write' })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(path) as string,
    });
    const reader = await openSqliteEventLog(path, { mode: 'read' });
    while ((await reader.head()) === 0) await pause(1);
    await reader.close();
    await kill(writer);
    const log = await openSqliteEventLog(path, { mode: 'write' });
    await log.close();
  });

  it('holds every acknowledged fact exactly once, whenever the writer was killed', async () => {
    const acknowledged: string[] = [];
    for (const cycle of ['a', 'b', 'c', 'd']) {
      const { process: writer, lines } = await startAppending(cycle);
      await pause(5 + Math.random() * 150);
      await kill(writer);
      acknowledged.push(...lines.filter((line) => line !== 'open'));
      const log = await openSqliteEventLog(path, { mode: 'write' });
      const facts = await allFacts(log);
      await log.close();
      const stored = facts.map((fact) => fact.id);
      expect(new Set(stored).size).toBe(stored.length);
      expect(stored).toEqual(facts.map((fact) => `${fact.stream}/${fact.revision}`));
      const known = new Set(stored);
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
      // An append of two facts is there whole or not at all.
      expect(stored.length % 2).toBe(0);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});
