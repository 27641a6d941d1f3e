import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { formatPosition, LOG_START } from '#event-log';
import { PROBLEM_TYPE, ProblemError } from './problem.js';
import { problemOf } from './problem-of.js';
import { sendProblem } from './problem.filter.js';
import { Public } from './roles.js';
import { type ProjectionStatus, Readiness, type StatusReport, SystemStatus } from './system-status.js';

/** Whether the system runs, is ready and is well. */
@ApiTags('Operations')
@Public()
@Controller()
export class HealthController {
  private readonly readiness: Readiness;

  constructor(private readonly system: SystemStatus) {
    this.readiness = new Readiness(system);
  }

  @Get('health/live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The read models have caught up once; 503 until then' })
  async ready() {
    if (await this.readiness.isReady()) return { status: 'ready' };
    throw new ProblemError('not-caught-up', 'The read models have not caught up with the log yet.');
  }

  @Get('status')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'How the system is',
    description:
      'As the Italian model of interoperability (ModI) asks: problem details, 200 when all is well, else 503.',
  })
  @ApiOkResponse({
    description: 'All is well.',
    content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  async status(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.system.read().catch((error: unknown) => problemOf(error));
    if (report instanceof ProblemError) {
      sendProblem(reply, new ProblemError('unavailable', report.message, { cause: report }));
      return;
    }
    const halted = report.projections.filter(({ problem }) => problem !== null);
    const members = membersOf(report);
    if (halted.length > 0) {
      const names = halted.map(({ projection }) => projection).join(', ');
      const detail = `These projections stand still: ${names}.`;
      sendProblem(reply, new ProblemError('unavailable', detail, { extensions: members }));
      return;
    }
    const well = { type: 'about:blank', title: 'OK', status: 200, detail: 'All parts work.', ...members };
    await reply.type(PROBLEM_TYPE).send(Buffer.from(JSON.stringify(well)));
  }
}

function membersOf({ position, projections, building, synthetic = false }: StatusReport) {
  const shown = (one: ProjectionStatus) => ({
    projection: one.projection,
    position: formatPosition(Math.max(one.position, LOG_START)),
    lag: Math.max(position - Math.max(one.position, LOG_START), 0),
    problem: one.problem,
  });
  return {
    synthetic,
    position: formatPosition(position),
    projections: projections.map(shown),
    ...(building === undefined ? {} : { building: building.map(shown) }),
  };
}
