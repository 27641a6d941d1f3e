import { resolve } from 'node:path';
import { CliError } from '../cli.error.js';

/** A server, asked over HTTP. */
export interface ServerTarget {
  readonly kind: 'server';
  readonly url: string;
  readonly key?: string;
}

/** Files that this process opens itself. */
export interface EmbeddedTarget {
  readonly kind: 'embedded';
  readonly eventLogUrl: string;
  readonly readModelUrl: string;
}

export type Target = ServerTarget | EmbeddedTarget;

export interface TargetOptions {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where `npm start` and `npm run demo` listen when they are not told otherwise. */
const DEFAULT_URL = 'http://127.0.0.1:3000';

/**
 * Whom to ask. The command line goes before the environment, a server before files; when nothing is said, the server of
 * this machine.
 *
 * @throws CliError `usage` when the URL is none of HTTP
 */
export function chooseTarget({ url, key, data }: TargetOptions, env: Environment): Target {
  if (data !== undefined) return filesIn(data);
  const asked = url ?? (env['PERCORSO_URL'] || undefined);
  const isEmbedded = asked === undefined && /^sqlite:/i.test(env['EVENT_LOG_URL'] ?? '');
  if (isEmbedded) {
    return {
      kind: 'embedded',
      eventLogUrl: env['EVENT_LOG_URL']!,
      readModelUrl: env['READ_MODEL_URL'] || 'sqlite:./data/read-models.db',
    };
  }
  return {
    kind: 'server',
    url: baseUrl(asked ?? DEFAULT_URL),
    key: key ?? (env['PERCORSO_KEY'] || undefined),
  };
}

function filesIn(folder: string): EmbeddedTarget {
  const path = resolve(folder);
  return {
    kind: 'embedded',
    eventLogUrl: `sqlite:${path}/events.db`,
    readModelUrl: `sqlite:${path}/read-models.db`,
  };
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CliError(
      'usage',
      `the URL of the server must be http://… or https://…, not ${JSON.stringify(text)}`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** How messages and checkpoints name a target. */
export function nameOf(target: Target): string {
  return target.kind === 'server' ? target.url : target.eventLogUrl;
}
