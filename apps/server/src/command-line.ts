import { parseArgs } from 'node:util';

const VARIABLES = `Settings are environment variables:
  PORT, HOST        where it listens (3000, 127.0.0.1)
  EVENT_LOG_URL     the log (sqlite:%LOG%)
  READ_MODEL_URL    the read models (sqlite:%MODELS%)
  CATALOGUE_FILE    the programme catalogue (that of MIP)
  API_KEYS          KEY=role+role,KEY=role; without keys only this machine is served, with every role
  LOG_LEVEL         how much is logged (%LEVEL%)
`;

export interface Usage {
  readonly command: string;
  readonly does: string;
  readonly folder: string;
  readonly logLevel: string;
}

/** Prints the help and ends the process when it was asked for, or when the command line holds anything else. */
export function readCommandLine({ command, does, folder, logLevel }: Usage): void {
  const help = `${command}\n\n${does}\n\n${VARIABLES}`
    .replace('%LOG%', `${folder}/events.db`)
    .replace('%MODELS%', `${folder}/read-models.db`)
    .replace('%LEVEL%', logLevel);
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
    if (!values.help) return;
    process.stdout.write(help);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee ${command} -- --help\n`);
    process.exit(2);
  }
  process.exit(0);
}
