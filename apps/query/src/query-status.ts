import { type StatusReport, SystemStatus } from '#http';
import { type QueryParts } from './query-parts.js';

/** Where the log and the read models stand, as the query app sees them. */
export class QueryStatus extends SystemStatus {
  constructor(private readonly parts: Pick<QueryParts, 'eventLog' | 'figures'>) {
    super();
  }

  async read(): Promise<StatusReport> {
    const [position, models] = await Promise.all([this.parts.eventLog.head(), this.parts.figures.status()]);
    const projections = models.map((model) => ({
      projection: model.projection,
      // What is not loaded yet answers nothing, the empty log not either.
      position: model.ready ? model.position : -1,
      problem: null,
    }));
    return { position, projections };
  }
}
