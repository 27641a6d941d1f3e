import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig, run, type SystemStatus } from '#http';
import { LineIntake } from '../../ingest/src/line-intake.js';
import { readCommandLine } from './command-line.js';
import { loadHistory } from './demo/load-history.js';
import { welcome } from './demo/welcome.js';
import { openSystem } from './system.js';

const FOLDER = './data/demo';
const DEFAULTS = {
  EVENT_LOG_URL: `sqlite:${FOLDER}/events.db`,
  READ_MODEL_URL: `sqlite:${FOLDER}/read-models.db`,
  LOG_LEVEL: 'warn',
};
const POLL_MS = 50;

readCommandLine({
  command: 'npm run demo',
  does: 'Runs Percorso with a synthetic history of 2017 to 2021, which is loaded first, once.',
  folder: FOLDER,
  logLevel: DEFAULTS.LOG_LEVEL,
});

/** Resolves when the read models, and the figures made from them, hold all that is in the log now. */
async function caughtUp(status: SystemStatus, target: number): Promise<void> {
  for (;;) {
    const report = await status.read().catch(() => undefined);
    if (report?.projections.every(({ position }) => position >= target)) return;
    await pause(POLL_MS);
  }
}

/** An empty variable counts as not set. */
function settings(): Record<string, string | undefined> {
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

await run(async () => {
  const config = readConfig(settings());
  const system = await openSystem(config, { synthetic: true });
  const added = await loadHistory(system.log, system.app.get(LineIntake, { strict: false }));
  if (added > 0) process.stdout.write(`${added} facts are in the log; the read models follow.\n`);
  await caughtUp(system.status, await system.log.head());
  process.stdout.write(welcome(await system.listen(), config.apiKeys.length > 0));
  return system;
});
