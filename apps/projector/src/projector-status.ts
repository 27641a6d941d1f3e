import { type StatusReport, SystemStatus } from '#http';
import { type ModelState } from '#read-models';
import { ProjectorError } from './projector.error.js';
import { type ProjectorService } from './projector.service.js';

/** How the system is, as the projector sees it. */
export class ProjectorStatus extends SystemStatus {
  constructor(private readonly projector: ProjectorService) {
    super();
  }

  async read(): Promise<StatusReport> {
    const { active, standby, head, projections } = await this.projector.status();
    if (!active && !standby) throw new ProjectorError('the projector waits for the log or the read models');
    const inState = (asked: ModelState) =>
      projections
        .filter(({ state }) => state === asked)
        .map(({ name, position, problem }) => ({
          projection: name,
          position,
          problem: problem?.detail ?? null,
        }));
    return { position: head, projections: inState('serving'), building: inState('building') };
  }
}
