import { type DynamicModule, Module } from '@nestjs/common';
import { type EventLog } from '#event-log';
import { HttpModule, type StatusReport, SystemStatus } from '#http';
import { IngestModule, type IngestParts } from './ingest.module.js';

/** Without projections: it is well when the log can be read. */
class LogStatus extends SystemStatus {
  constructor(private readonly log: EventLog) {
    super();
  }

  async read(): Promise<StatusReport> {
    return { position: await this.log.head(), projections: [] };
  }
}

/** Ingest as an app of its own. */
@Module({})
export class IngestApp {
  static forRoot(parts: IngestParts): DynamicModule {
    return {
      module: IngestApp,
      imports: [HttpModule.forRoot(new LogStatus(parts.log)), IngestModule.forRoot(parts)],
    };
  }
}
