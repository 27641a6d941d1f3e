import 'reflect-metadata';
import { readConfig, run } from '#http';
import { readCommandLine } from './command-line.js';
import { openSystem } from './system.js';

readCommandLine({
  command: 'npm start',
  does: 'Runs Percorso: takes facts, keeps the read models, answers figures.',
  folder: './data',
  logLevel: 'info',
});

await run(async () => {
  const config = readConfig(process.env);
  const system = await openSystem(config);
  const url = await system.listen();
  process.stdout.write(`Percorso listens at ${url} (documentation: ${url}/docs)\n`);
  return system;
});
