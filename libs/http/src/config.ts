import { realpathSync } from 'node:fs';
import { isIP } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { isLoopback } from './loopback.js';
import { type Role, ROLES } from './roles.js';

/** A key, and what it allows. */
export interface ApiKey {
  readonly key: string;
  readonly roles: readonly Role[];
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** How the system is set up: see the table in the README. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly eventLogUrl: string;
  readonly readModelUrl: string;
  /** The MIP catalogue when absent. */
  readonly catalogueFile?: string;
  /** None: every role is granted, and only to this machine. */
  readonly apiKeys: readonly ApiKey[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** A setting that cannot be used. Its message is a single line: which variable, and what is possible there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid-config';

  constructor(variable: string, mustBe: string, given?: string) {
    super(`${variable} must be ${mustBe}${given === undefined ? '' : `, not ${JSON.stringify(given)}`}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const EVENT_LOG_FORM = /^(sqlite:(?!\/\/$).+|esdb(\+discover)?:\/\/.+)$/;
const READ_MODEL_FORM = /^(sqlite:(?!\/\/$).+|mongodb(\+srv)?:\/\/.+)$/;
/** The characters of a bearer token (RFC 6750). */
const KEY_FORM = /^[A-Za-z0-9._~+/-]+=*$/;
const HOST_FORM = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

/**
 * Reads the configuration. A variable that is empty counts as not set.
 *
 * @throws ConfigError for the first setting that cannot be used
 */
export function readConfig(env: Environment): Config {
  const host = readHost(env['HOST'] || '127.0.0.1');
  const apiKeys = readKeys(env['API_KEYS']);
  if (apiKeys.length === 0 && !isLoopback(host)) {
    throw new ConfigError(
      'HOST',
      'an address of this machine alone (127.0.0.0/8, ::1 or localhost) as long as API_KEYS is not set',
      host,
    );
  }
  return {
    port: readPort(env['PORT'] || '3000'),
    host,
    ...readUrls(env),
    ...(env['CATALOGUE_FILE'] ? { catalogueFile: env['CATALOGUE_FILE'] } : {}),
    apiKeys,
    logLevel: readLevel(env['LOG_LEVEL'] || 'info'),
  };
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new ConfigError('PORT', 'a number from 0 to 65535', text);
}

function readHost(text: string): string {
  if (isIP(text) > 0 || (HOST_FORM.test(text) && !/^[\d.]+$/.test(text))) return text;
  throw new ConfigError('HOST', 'an IP address or the name of a host', text);
}

function readUrls(env: Environment): Pick<Config, 'eventLogUrl' | 'readModelUrl'> {
  const eventLogUrl = readUrl(
    'EVENT_LOG_URL',
    env['EVENT_LOG_URL'] || 'sqlite:./data/events.db',
    EVENT_LOG_FORM,
    'esdb://HOST:PORT, esdb+discover://HOST:PORT or sqlite:PATH',
  );
  const readModelUrl = readUrl(
    'READ_MODEL_URL',
    env['READ_MODEL_URL'] || 'sqlite:./data/read-models.db',
    READ_MODEL_FORM,
    'mongodb://HOST/DB, mongodb+srv://HOST/DB or sqlite:PATH',
  );
  const logFile = fileOf(eventLogUrl);
  if (logFile !== undefined && logFile === fileOf(readModelUrl)) {
    throw new ConfigError('READ_MODEL_URL', 'another file than EVENT_LOG_URL names', readModelUrl);
  }
  return { eventLogUrl, readModelUrl };
}

/** The file that a URL of SQLite leads to, however its path is written; undefined for any other URL. */
function fileOf(url: string): string | undefined {
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
  return path === undefined ? undefined : realPath(resolve(path));
}

/** The path without symbolic links, as far as it leads to something that is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}

function readUrl(variable: string, text: string, form: RegExp, mustBe: string): string {
  if (form.test(text)) return text;
  // Only the scheme is shown: what follows may hold a password.
  throw new ConfigError(
    variable,
    mustBe,
    `${text.slice(0, Math.max(text.indexOf(':') + 1, 0)) || text.slice(0, 8)}…`,
  );
}

function readLevel(text: string): Config['logLevel'] {
  const level = LOG_LEVELS.find((one) => one === text);
  if (level) return level;
  throw new ConfigError('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, text);
}

function readKeys(text: string | undefined): ApiKey[] {
  if (!text) return [];
  const keys = text.split(',').map((part, index) => readKey(part, index + 1));
  const twice = keys.findIndex(({ key }, index) => keys.slice(0, index).some((before) => before.key === key));
  if (twice >= 0)
    throw new ConfigError('API_KEYS', `keys that differ; entry ${twice + 1} repeats an earlier one`);
  return keys;
}

/** Messages tell the place of an entry and never the key. */
function readKey(text: string, place: number): ApiKey {
  // A key may end in '=' (base64), a role never holds one.
  const split = text.lastIndexOf('=');
  const key = text.slice(0, Math.max(split, 0)).trim();
  if (!KEY_FORM.test(key)) {
    throw new ConfigError(
      'API_KEYS',
      `KEY=role+role,KEY=role, keys of letters, digits and -._~+/; entry ${place} has no such key`,
    );
  }
  const names = text
    .slice(split + 1)
    .split('+')
    .map((name) => name.trim());
  const roles = names.map((name) => {
    const role = ROLES.find((one) => one === name);
    if (role) return role;
    throw new ConfigError(
      'API_KEYS',
      `KEY=role+role,KEY=role with roles of ${ROLES.join(', ')}; entry ${place} has another`,
    );
  });
  return { key, roles };
}
