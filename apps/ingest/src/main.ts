import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { openEventLogOrWait } from '#event-log/open';
import { createHttpApp, createLogger, listen, PartWatch, readConfig, run, tellRemarks } from '#http';
import { IngestApp } from './ingest-app.js';

/** Ingest alone: facts in, into a log that others project and read. */
await run(async () => {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  tellRemarks(config, logger);
  const catalogue = loadCatalogue(config.catalogueFile);
  const log = await openEventLogOrWait(config.eventLogUrl, { mode: 'write' });
  const app = await createHttpApp(IngestApp.forRoot({ log, catalogue }), {
    config,
    logger,
    title: 'Percorso: ingest',
  });
  const url = await listen(app, config);
  const watch = new PartWatch({ 'the event log': () => log.head() }, logger);
  process.stdout.write(`Percorso takes facts at ${url}/v1/events\n`);
  return {
    async close() {
      await app.close();
      await watch.stop();
      await log.close();
    },
  };
});
