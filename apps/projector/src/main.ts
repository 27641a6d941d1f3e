import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { loadCatalogue } from '#catalogue';
import {
  createHttpApp,
  createLogger,
  HttpModule,
  listen,
  type Program,
  readConfig,
  run,
  tellRemarks,
} from '#http';
import { openReadModelsOrWait } from '#read-models/open';
import { ProjectorStatus } from './projector-status.js';
import { ProjectorService } from './projector.service.js';
import { RebuildController } from './rebuild.controller.js';

@Module({})
class ProjectorProgram {}

/** The projector alone, with health and metrics, beside an ingest and a query that run elsewhere. */
async function start(): Promise<Program> {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  tellRemarks(config, logger);
  const { eventLogUrl, readModelUrl, catalogueFile } = config;
  const catalogue = loadCatalogue(catalogueFile);
  // The projecting thread opens them itself, again and again; a wrong setting is to be told now.
  await (await openReadModelsOrWait(readModelUrl)).close();
  const projector = new ProjectorService({
    eventLogUrl,
    readModelUrl,
    catalogue,
    report: (level, message, details) => logger[level](details ?? {}, message),
  });
  const root = {
    module: ProjectorProgram,
    imports: [HttpModule.forRoot(new ProjectorStatus(projector))],
    controllers: [RebuildController],
    providers: [{ provide: ProjectorService, useFactory: () => projector }],
  };
  const app = await createHttpApp(root, { config, logger, title: 'Percorso: projector' });
  projector.start();
  const url = await listen(app, config);
  process.stdout.write(`Percorso keeps the read models; how they are: ${url}/status\n`);
  return {
    close: async () => {
      await app.close();
      await projector.stop();
    },
  };
}

await run(start);
