import { type Catalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { type FigureService } from '#figures';

/** What the query app is put together from. Whoever composes it opens these parts and closes them. */
export class QueryParts {
  readonly catalogue: Catalogue;
  readonly figures: FigureService;
  /** For reading; the query app never writes. */
  readonly eventLog: EventLog;
  /** Where a replay opens the log anew. */
  readonly eventLogUrl: string;

  constructor(parts: QueryParts) {
    this.catalogue = parts.catalogue;
    this.figures = parts.figures;
    this.eventLog = parts.eventLog;
    this.eventLogUrl = parts.eventLogUrl;
  }
}
