import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { formatPosition } from '#event-log';
import { ProblemError, Roles } from '#http';
import { GROUP_KEYS, type JourneyQuestion } from '#measures';
import { acceptable } from './answers/acceptable.js';
import { JOURNEY, JOURNEY_LIST } from './answers/journey-schemas.js';
import { STOCK } from './answers/figures.js';
import { JourneyParameters } from './parameters/endpoint-parameters.js';
import { journeyQuestion, understoodQuestion } from './parameters/journey-question.js';
import { JourneysParameters } from './parameters/people-parameters.js';
import { positionAfter, toSelection } from './parameters/selection.js';
import { understood, understoodCutOffs } from './parameters/understood.js';
import { type PeopleList, PeopleLists } from './people-lists.js';
import { AskFigure } from './queries/ask-figure.query.js';
import { QueryParts } from './query-parts.js';

/** The form of the ids that journeys have. */
const JOURNEY_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Single people, by their pseudonym. */
@ApiTags('Journeys')
@Roles('casework')
@Controller('v1/journeys')
export class JourneysController {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: PeopleLists,
    private readonly parts: QueryParts,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The journeys behind a figure',
    description:
      'The people that a figure counts, one item each, by day and id. With `stage` the entries of that stage in the window, those of the monthly funnel and of a cohort; with `toStage` and `outcome` the part of a cohort that a hysteresis figure counts, with delays as counted there; with `status` the journeys of the stock. `count` is how many they are on all pages: the figure itself. All pages of one list show the log as it stood at the first. `groupBy` is accepted, so that the parameters of a figure can be passed on, and changes nothing: every item has all dimensions, and the filters choose the group.',
  })
  @ApiOkResponse({
    description: 'A page.',
    content: {
      'application/json': { schema: JOURNEY_LIST },
      'text/csv': {
        schema: { type: 'string', description: 'One row an item; `Link` leads to the next page.' },
      },
    },
  })
  journeys(
    @Query() parameters: JourneysParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const question = journeyQuestion(parameters);
    const selection = toSelection(parameters, this.parts.catalogue);
    const list: PeopleList = {
      path: '/v1/journeys',
      request: (page) => ({ figure: 'journeys', selection, question, page }),
      understood: { ...understood(parameters), ...understoodQuestion(parameters) },
      columns: columnsOfList(question),
    };
    return this.lists.answer(parameters, list, { request, reply });
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One journey',
    description:
      'Everything that is visible of one person at the cut-offs: the status, the entries that the figures count, the facts behind them and the retractions. `outcomes` of an entry tells for each later stage what became of it, as a hysteresis figure counts it, with the fact that decides (`decidedBy`) and the days that it took; of a pending one with the last status fact, which leaves it open (`leftOpenBy`), and the day up to which the journey was followed (`followedTo`). `takenBack` pairs each retracted fact with the retraction and since when that was known.',
  })
  @ApiParam({ name: 'id', description: 'The pseudonymous id: the subject of the facts.' })
  @ApiOkResponse({
    description: 'What is visible of the journey.',
    content: { 'application/json': { schema: JOURNEY } },
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

function columnsOfList(question: JourneyQuestion): string[] {
  const own = ['id', 'status', 'day'];
  if ('status' in question) return [...own, ...STOCK.groupKeys];
  return [...own, ...GROUP_KEYS, ...(question.towards ? ['outcome', 'delayDays'] : [])];
}
