import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { loadCatalogue } from '#catalogue';
import { openEventLogOrWait } from '#event-log/open';
import { createFigureService } from '#figures';
import {
  createHttpApp,
  createLogger,
  HttpModule,
  listen,
  PartWatch,
  type Program,
  readConfig,
  run,
  tellRemarks,
} from '#http';
import { openReadModelsOrWait } from '#read-models/open';
import { QueryParts } from './query-parts.js';
import { QueryModule } from './query.module.js';
import { QueryStatus } from './query-status.js';

@Module({})
class QueryProgram {}

/** The reads alone, beside an ingest and a projector that run elsewhere. */
async function start(): Promise<Program> {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  tellRemarks(config, logger);
  const catalogue = loadCatalogue(config.catalogueFile);
  const eventLog = await openEventLogOrWait(config.eventLogUrl, { mode: 'read' });
  // The thread of the figures opens them itself, again and again; a wrong setting is to be told now.
  await (await openReadModelsOrWait(config.readModelUrl, { readonly: true })).close();
  const figures = createFigureService({ readModelUrl: config.readModelUrl });
  const parts = new QueryParts({ catalogue, figures, eventLog, eventLogUrl: config.eventLogUrl });
  const imports = [HttpModule.forRoot(new QueryStatus(parts)), QueryModule.forRoot(parts)];
  const app = await createHttpApp(
    { module: QueryProgram, imports },
    { config, logger, title: 'Percorso: figures' },
  );
  const url = await listen(app, config);
  const watch = new PartWatch(
    { 'the event log': () => eventLog.head(), 'the read models': () => figures.status() },
    logger,
  );
  process.stdout.write(`Percorso answers at ${url}/v1\n`);
  return {
    close: async () => {
      await app.close();
      await watch.stop();
      await figures.close();
      await eventLog.close();
    },
  };
}

await run(start);
