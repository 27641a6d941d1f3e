import { Command, Option } from 'commander';
import { diffCommand } from './commands/diff.command.js';
import { exportCommand } from './commands/export.command.js';
import { funnelCommand } from './commands/funnel.command.js';
import { hysteresisCommand } from './commands/hysteresis.command.js';
import { journeysCommand } from './commands/journeys.command.js';
import { loadCommand } from './commands/load.command.js';
import { rebuildCommand } from './commands/rebuild.command.js';
import { replayCommand } from './commands/replay.command.js';
import { reportCommand } from './commands/report.command.js';
import { statusCommand } from './commands/status.command.js';
import { verifyCommand } from './commands/verify.command.js';
import { addExamples } from './options/examples.js';
import { version } from './version.js';

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('mip')
    .description(
      'Loads facts into Percorso, asks it for figures and checks its answers.\n' +
        'It asks a server (--url, else PERCORSO_URL, else http://127.0.0.1:3000), or opens files without one (--data, or\n' +
        'EVENT_LOG_URL and READ_MODEL_URL with sqlite: in the environment).',
    )
    .addOption(new Option('--url <url>', 'the server to ask (PERCORSO_URL)').conflicts('data'))
    .addOption(
      new Option(
        '--key <key>',
        'the key to show it; PERCORSO_KEY keeps it out of lists of processes',
      ).conflicts('data'),
    )
    .option('--data <folder>', 'open events.db and read-models.db in this folder; no server may run on them')
    .option('--json', 'print answers as they are')
    .version(version(), '-V, --version', 'print the version of Percorso')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('See mip --help')
    .exitOverride();
  const commands = [
    loadCommand(),
    funnelCommand(),
    hysteresisCommand(),
    reportCommand(),
    replayCommand(),
    diffCommand(),
    journeysCommand(),
    exportCommand(),
    rebuildCommand(),
    verifyCommand(),
    statusCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  inherit(program);
  return addExamples(
    program,
    'mip load facts.ndjson',
    'mip funnel --from 2020-01-01 --to 2020-12-31',
    'mip verify --data ./data/demo',
  );
}

/** Commands that are made by themselves take over nothing of the program. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    child.configureHelp({ showGlobalOptions: true });
    inherit(child);
  }
}
