import { Module } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLogOrWait } from '#event-log/open';
import { createFigureService } from '#figures';
import { type Config, createHttpApp, createLogger, HttpModule, listen, PartWatch, tellRemarks } from '#http';
import { openReadModelsOrWait } from '#read-models/open';
import { IngestModule } from '../../ingest/src/ingest.module.js';
import { ProjectorService } from '../../projector/src/projector.service.js';
import { QueryParts } from '../../query/src/query-parts.js';
import { QueryModule } from '../../query/src/query.module.js';
import { RebuildController } from '../../projector/src/rebuild.controller.js';
import { ServerStatus } from './server-status.js';

@Module({})
class ServerProgram {}

/** The whole system in one process; it does not listen yet. */
export interface System {
  readonly app: NestFastifyApplication;
  readonly log: EventLog;
  readonly status: ServerStatus;
  /** Starts to answer; gives the address. */
  listen(): Promise<string>;
  /** Finishes what was accepted, then frees everything. */
  close(): Promise<void>;
}

/**
 * Opens the log and the read models and puts ingest, projector and query on top of them.
 *
 * @param options `synthetic`: the history is made up, and whoever looks at it is to be told
 */
export async function openSystem(config: Config, { synthetic = false } = {}): Promise<System> {
  const { eventLogUrl, readModelUrl } = config;
  const logger = createLogger(config);
  tellRemarks(config, logger);
  const catalogue = loadCatalogue(config.catalogueFile);
  // The threads that use the read models open them themselves, again and again; a wrong setting is to be told now.
  await (await openReadModelsOrWait(readModelUrl)).close();
  const log = await openEventLogOrWait(eventLogUrl, { mode: 'write' });
  const figures = createFigureService({ readModelUrl });
  const projector = new ProjectorService({
    eventLogUrl,
    readModelUrl,
    catalogue,
    report: (level, message, details) => logger[level](details ?? {}, message),
  });
  const status = new ServerStatus({ log, projector, figures, synthetic });
  const imports = [
    HttpModule.forRoot(status),
    IngestModule.forRoot({ log, catalogue }),
    QueryModule.forRoot(new QueryParts({ catalogue, figures, eventLog: log, eventLogUrl })),
  ];
  const root = {
    module: ServerProgram,
    imports,
    controllers: [RebuildController],
    providers: [{ provide: ProjectorService, useFactory: () => projector }],
  };
  const app = await createHttpApp(root, { config, logger, title: 'Percorso' });
  projector.start();
  const watch = new PartWatch(
    { 'the event log': () => log.head(), 'the read models': () => figures.status() },
    logger,
  );
  return {
    app,
    log,
    status,
    listen: () => listen(app, config),
    async close() {
      // Requests first: those that wait for a position still get it.
      await app.close();
      await watch.stop();
      await projector.stop();
      await figures.close();
      await log.close();
    },
  };
}
