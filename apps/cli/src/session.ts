import { type Command } from 'commander';
import { type Output, standardOutput } from './output/output.js';
import { chooseTarget, type Target, type TargetOptions } from './target/choose-target.js';
import { Client } from './target/client.js';

export interface GlobalOptions extends TargetOptions {
  readonly json?: boolean;
}

/** What a command works with. */
export interface Session {
  readonly client: Client;
  readonly target: Target;
  readonly out: Output;
  /** Whether answers are printed as they are. */
  readonly json: boolean;
}

export interface SessionNeeds {
  /** Whether files that are not there may be made; not unless said. */
  readonly mayCreate?: boolean;
  /** Whether embedded read models have to hold all of the log first; they do unless said. */
  readonly caughtUp?: boolean;
}

/** Opens what the options of a command name, does the work and closes it again. */
export async function inSession(
  command: Command,
  work: (session: Session) => Promise<void>,
  { mayCreate = false, caughtUp = true }: SessionNeeds = {},
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const target = chooseTarget(options, process.env);
  const shared = { target, out: standardOutput(), json: options.json ?? false };
  if (target.kind === 'server') {
    await work({ ...shared, client: new Client(target.url, target.key) });
    return;
  }
  // Asking a server must not wait until the code of one is loaded.
  const { openEmbedded } = await import('./target/embedded.js');
  const system = await openEmbedded(target, { mayCreate, caughtUp });
  try {
    await work({ ...shared, client: system.client });
  } finally {
    await system.close();
  }
}
