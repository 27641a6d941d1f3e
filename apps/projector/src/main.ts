import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { loadCatalogue } from '#catalogue';
import { createHttpApp, createLogger, HttpModule, listen, type Program, readConfig, run } from '#http';
import { ProjectorStatus } from './projector-status.js';
import { ProjectorService } from './projector.service.js';

@Module({})
class ProjectorProgram {}

/** The projector alone, with health and metrics, beside an ingest and a query that run elsewhere. */
async function start(): Promise<Program> {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  const { eventLogUrl, readModelUrl, catalogueFile } = config;
  const catalogue = loadCatalogue(catalogueFile);
  const projector = new ProjectorService({
    eventLogUrl,
    readModelUrl,
    catalogue,
    report: (level, message, details) => logger[level](details ?? {}, message),
  });
  const imports = [HttpModule.forRoot(new ProjectorStatus(projector))];
  const root = { module: ProjectorProgram, imports };
  const app = await createHttpApp(root, { config, logger, title: 'Percorso: projector' });
  projector.start();
  await listen(app, config);
  return {
    close: async () => {
      await app.close();
      await projector.stop();
    },
  };
}

await run(start);
