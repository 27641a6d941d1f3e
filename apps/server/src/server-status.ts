import { type EventLog } from '#event-log';
import { type FigureService } from '#figures';
import { ProblemError, type StatusReport, SystemStatus } from '#http';
import { type ProjectorService } from '../../projector/src/projector.service.js';

export interface StatusParts {
  readonly log: EventLog;
  readonly projector: ProjectorService;
  readonly figures: FigureService;
  /** Whether the history is made up. */
  readonly synthetic: boolean;
}

/** A model that the query side has not loaded answers nothing yet, of an empty log neither. */
const NOT_LOADED = -1;

/** Where the whole system stands: a projection is where both its read model and the figures made from it are. */
export class ServerStatus extends SystemStatus {
  constructor(private readonly parts: StatusParts) {
    super();
  }

  async read(): Promise<StatusReport> {
    const { log, projector, figures, synthetic } = this.parts;
    const [position, written, read] = await Promise.all([log.head(), projector.status(), figures.status()]);
    const serving = written.projections.filter(({ state }) => state === 'serving');
    if (!(written.active || written.standby) || serving.length === 0) {
      throw new ProblemError('unavailable', 'The read models are not being written yet.');
    }
    const loaded = new Map(
      read.map((model) => [model.projection, model.ready ? model.position : NOT_LOADED]),
    );
    return {
      position,
      synthetic,
      projections: serving.map((model) => ({
        projection: model.name,
        position: Math.min(model.position, loaded.get(model.name) ?? NOT_LOADED),
        problem: model.problem?.detail ?? null,
      })),
      building: written.projections
        .filter(({ state }) => state === 'building')
        .map(({ name, position: reached, problem }) => ({
          projection: name,
          position: reached,
          problem: problem?.detail ?? null,
        })),
    };
  }
}
