import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { EventLogError } from '#event-log';
import { ConfigError, readConfig, ROLES } from '#http';
import { ReadModelError } from '#read-models';
import { CatalogueError } from '#catalogue';
import { openSystem } from '../../../server/src/system.js';
import { CliError } from '../cli.error.js';
import { type EmbeddedTarget } from './choose-target.js';
import { Client } from './client.js';

const POLL_MS = 50;

export interface EmbeddedOptions {
  /** Whether a log that is not there is made. */
  readonly mayCreate: boolean;
  /** Whether to wait until the read models hold all of the log. */
  readonly caughtUp: boolean;
}

export interface Opened {
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * Runs the server in this process, on a free port of this machine and with a key that nobody else knows, and gives a
 * client of it: so files are read and written by the very code that serves them.
 *
 * @throws CliError `unreachable` when another process writes to the files, or there are none
 */
export async function openEmbedded(target: EmbeddedTarget, options: EmbeddedOptions): Promise<Opened> {
  const path = target.eventLogUrl.replace(/^sqlite:(\/\/)?/i, '');
  if (!options.mayCreate && !existsSync(path)) {
    throw new CliError('unreachable', `there is no event log ${path}`, [
      '`mip load` makes one; --url URL asks a server.',
    ]);
  }
  try {
    return await start(target, options);
  } catch (error) {
    throw explained(error, path);
  }
}

async function start(target: EmbeddedTarget, { caughtUp }: EmbeddedOptions): Promise<Opened> {
  const key = randomBytes(32).toString('base64url');
  const config = readConfig({
    CATALOGUE_FILE: process.env['CATALOGUE_FILE'],
    HOST: '127.0.0.1',
    PORT: '0',
    EVENT_LOG_URL: target.eventLogUrl,
    READ_MODEL_URL: target.readModelUrl,
    API_KEYS: `${key}=${ROLES.join('+')}`,
    // Standard output is for the answer.
    LOG_LEVEL: 'silent',
  });
  const system = await openSystem(config);
  try {
    const client = new Client(await system.listen(), key);
    while (caughtUp && !(await client.isReady())) await pause(POLL_MS);
    return { client, close: () => system.close() };
  } catch (error) {
    await system.close();
    throw error;
  }
}

function explained(error: unknown, path: string): unknown {
  if (error instanceof EventLogError && error.code === 'locked') {
    return new CliError('unreachable', `another process has the event log ${path} open`, [
      'Where a server runs on it, ask that: --url URL.',
    ]);
  }
  const isSetting = [EventLogError, ReadModelError, ConfigError, CatalogueError].some(
    (kind) => error instanceof kind,
  );
  return isSetting ? new CliError('failed', (error as Error).message) : error;
}
