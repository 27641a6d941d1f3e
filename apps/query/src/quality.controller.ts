import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type JourneyPage } from '#figures';
import { Roles } from '#http';
import { QUALITY_KINDS } from '#measures';
import { objectOf, type SchemaObject } from './answers/figure-declaration.js';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure, PAGE, parameterProperties, SIGNATURE } from './answers/figure-route.js';
import { QUALITY } from './answers/figures.js';
import { FigureQuestions } from './figure-questions.js';
import { UngroupedParameters } from './parameters/endpoint-parameters.js';
import { FindingJourneysParameters } from './parameters/people-parameters.js';
import { toSelection } from './parameters/selection.js';
import { understood } from './parameters/understood.js';
import { PeopleLists } from './people-lists.js';
import { QueryParts } from './query-parts.js';

const TEXT: SchemaObject = { type: 'string' };
const KIND: SchemaObject = { type: 'string', enum: [...QUALITY_KINDS] };
const TIME: SchemaObject = { type: 'string', format: 'date-time' };
const FACT = objectOf({
  source: TEXT,
  id: TEXT,
  type: TEXT,
  time: TIME,
  recordedtime: TIME,
  acceptedtime: TIME,
});
const JOURNEYS = objectOf({
  items: {
    type: 'array',
    items: objectOf({
      id: TEXT,
      kind: KIND,
      day: { type: 'string', format: 'date', description: 'On which the facts occurred (Europe/Rome).' },
      facts: { type: 'array', items: FACT, description: 'What the findings of this day are about.' },
    }),
  },
  ...PAGE,
  findings: { type: 'integer', minimum: 0, description: 'Findings on all pages.' },
  withoutJourney: {
    type: 'integer',
    minimum: 0,
    description: 'Findings that are facts of meetings, contacts or web traffic, and so on no page.',
  },
  ...SIGNATURE,
  ...parameterProperties({ groupKeys: [] }),
  kind: KIND,
});

/** What of the data somebody should look at. */
@ApiTags('Quality')
@Controller('v1/quality/findings')
export class QualityController {
  constructor(
    private readonly questions: FigureQuestions,
    private readonly lists: PeopleLists,
    private readonly parts: QueryParts,
  ) {}

  @Get()
  @Roles('analyst')
  @AnswersFigure(QUALITY, { kinds: { type: 'array', items: objectOf({ kind: KIND, description: TEXT }) } })
  findings(@Query() parameters: UngroupedParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'quality', selection }));
  }

  @Get('journeys')
  @Roles('casework')
  @ApiOperation({
    summary: 'The journeys behind the findings of a kind',
    description:
      'One item a journey and day, by day and id, with the facts that the findings of that day are about. `findings` is how many there are on all pages; with `withoutJourney`, those of facts of no journey, it is the sum of the counts of the kind.',
  })
  @ApiOkResponse({
    description: 'A page.',
    content: {
      'application/json': { schema: JOURNEYS },
      'text/csv': {
        schema: { type: 'string', description: 'One row an item; `Link` leads to the next page.' },
      },
    },
  })
  journeys(
    @Query() parameters: FindingJourneysParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { kind } = parameters;
    const selection = toSelection(parameters, this.parts.catalogue);
    const list = {
      path: '/v1/quality/findings/journeys',
      request: (page: JourneyPage) => ({ figure: 'quality-journeys', selection, kind, page }) as const,
      understood: { ...understood(parameters), kind },
      columns: ['id', 'kind', 'day', 'facts'],
    };
    return this.lists.answer(parameters, list, { request, reply });
  }
}
