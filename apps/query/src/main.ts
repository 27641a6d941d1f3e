import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { loadCatalogue } from '#catalogue';
import { openEventLog } from '#event-log/open';
import { createFigureService } from '#figures';
import { createHttpApp, createLogger, HttpModule, listen, type Program, readConfig, run } from '#http';
import { QueryParts } from './query-parts.js';
import { QueryModule } from './query.module.js';
import { QueryStatus } from './query-status.js';

@Module({})
class QueryProgram {}

/** The reads alone, beside an ingest and a projector that run elsewhere. */
async function start(): Promise<Program> {
  const config = readConfig(process.env);
  const catalogue = loadCatalogue(config.catalogueFile);
  const eventLog = await openEventLog(config.eventLogUrl, { mode: 'read' });
  const figures = createFigureService({ readModelUrl: config.readModelUrl });
  const parts = new QueryParts({ catalogue, figures, eventLog, eventLogUrl: config.eventLogUrl });
  const imports = [HttpModule.forRoot(new QueryStatus(parts)), QueryModule.forRoot(parts)];
  const app = await createHttpApp(
    { module: QueryProgram, imports },
    { config, logger: createLogger(config), title: 'Percorso: figures' },
  );
  const url = await listen(app, config);
  process.stdout.write(`Percorso answers at ${url}/v1\n`);
  return {
    close: async () => {
      await app.close();
      await figures.close();
      await eventLog.close();
    },
  };
}

await run(start);
