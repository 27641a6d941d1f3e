import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { formatPosition } from '#event-log';
import { STAGES } from '#events';
import { ProblemError, Roles } from '#http';
import { GROUP_KEYS } from '#measures';
import { acceptable } from './answers/acceptable.js';
import { objectOf, type SchemaObject } from './answers/figure-declaration.js';
import { SIGNATURE } from './answers/figure-route.js';
import { JourneyParameters } from './parameters/endpoint-parameters.js';
import { positionAfter, toSelection } from './parameters/selection.js';
import { understoodCutOffs } from './parameters/understood.js';
import { AskFigure } from './queries/ask-figure.query.js';
import { QueryParts } from './query-parts.js';

/** The form of the ids that journeys have. */
const JOURNEY_ID = /^[A-Za-z0-9_-]{1,64}$/;

const EVENTS: SchemaObject = {
  type: 'array',
  items: { type: 'object', description: 'A CloudEvent with its recorded and accepted time.' },
};
const ENTRY = objectOf({
  stage: { type: 'string', enum: [...STAGES] },
  cycle: { type: 'string', description: 'Code of the programme cycle.' },
  day: { type: 'string', format: 'date', description: 'Calendar day (Europe/Rome).' },
  time: { type: 'string', format: 'date-time' },
  returning: { type: 'boolean', description: 'Whether an earlier cycle has an entry of the same stage.' },
  ...Object.fromEntries(GROUP_KEYS.map((key) => [key, { type: 'string' }])),
});
const SCHEMA = objectOf({
  id: { type: 'string' },
  status: {
    type: ['string', 'null'],
    enum: [...STAGES, null],
    description: 'Stage of the last visible fact; null where no visible fact gives one.',
  },
  entries: { type: 'array', items: ENTRY },
  facts: { ...EVENTS, description: 'The visible facts in the order in which they happened.' },
  retractions: { ...EVENTS, description: 'What was taken back, as far as known.' },
  ...SIGNATURE,
  until: { type: ['string', 'null'] },
  knownAt: { type: ['string', 'null'] },
});

/** Single people, by their pseudonym. */
@ApiTags('Journeys')
@Roles('casework')
@Controller('v1/journeys')
export class JourneysController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parts: QueryParts,
  ) {}

  @Get(':id')
  @ApiOperation({
    summary: 'One journey',
    description:
      'Everything that is visible of one person at the cut-offs: the status, the entries that the figures count, the facts behind them and the retractions.',
  })
  @ApiParam({ name: 'id', description: 'The pseudonymous id: the subject of the facts.' })
  @ApiOkResponse({
    description: 'What is visible of the journey.',
    content: { 'application/json': { schema: SCHEMA } },
  })
  @ApiNotFoundResponse({ description: 'Nothing is visible of such a journey, or no journey has such an id.' })
  async journey(
    @Param('id') id: string,
    @Query() parameters: JourneyParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    acceptable(request, reply, ['application/json']);
    const selection = toSelection(parameters, this.parts.catalogue);
    if (!JOURNEY_ID.test(id)) {
      throw new ProblemError('not-found', 'No journey has such an id: ids are 1 to 64 of A-Z a-z 0-9 _ -');
    }
    const answer = await this.queries.execute(
      new AskFigure({ figure: 'journey', id, selection }, positionAfter(parameters)),
    );
    const [journey] = answer.items;
    if (journey === undefined) {
      throw new ProblemError('not-found', `Nothing is visible of the journey ${id} at the cut-offs.`);
    }
    return {
      ...journey,
      position: formatPosition(answer.position),
      catalogue: answer.catalogue,
      ...understoodCutOffs(parameters),
    };
  }
}
