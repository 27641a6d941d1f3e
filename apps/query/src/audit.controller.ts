import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { EventLogError, formatPosition } from '#event-log';
import { Roles } from '#http';
import { acceptable } from './answers/acceptable.js';
import { objectOf } from './answers/figure-declaration.js';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure, SIGNATURE } from './answers/figure-route.js';
import { DIFF, REPLAY } from './answers/figures.js';
import { auditLogPage, parseCursor, streamAuditLog } from './audit/index.js';
import { goneSignal } from './connection.js';
import { FigureQuestions } from './figure-questions.js';
import {
  AuditLogParameters,
  DEFAULT_LIMIT,
  DiffParameters,
  ReplayParameters,
} from './parameters/endpoint-parameters.js';
import { invalidParameters } from './parameters/invalid-parameters.js';
import { parseCutOff, shownCutOff } from './parameters/parameter-forms.js';
import { recordedDates } from './parameters/recorded-dates.js';
import { positionAfter } from './parameters/selection.js';
import { headOf } from './queries/log-reached.js';
import { QueryParts } from './query-parts.js';
import { ReplayQuestions } from './replay-questions.js';

const NDJSON = 'application/x-ndjson';
const EVENT = {
  type: 'object',
  description: 'A CloudEvent as it was sent, with `recordedtime`, `acceptedtime` and `position`.',
};

const invalidCursor = (detail: string) => invalidParameters([{ parameter: 'cursor', detail }]);

/** What an auditor needs to check the figures and to read the log itself. */
@ApiTags('Audit')
@Roles('auditor')
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly replays: ReplayQuestions,
    private readonly figures: FigureQuestions,
    private readonly parts: QueryParts,
  ) {}

  @Get('replay')
  @AnswersFigure(REPLAY, {
    asOf: { type: ['string', 'null'] },
    matches: {
      type: ['boolean', 'null'],
      description: 'Whether no cell of the rows and the totals differs; null with `asOf`.',
    },
    differences: {
      type: 'array',
      description:
        'The cells that differ: month, groups, stage (or `returning.` and a stage) and both counts. Month and groups are null in a cell of the totals.',
      items: { type: 'object' },
    },
  })
  replay(
    @Query() parameters: ReplayParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FigureDocument> {
    return this.replays.answer(parameters, goneSignal(reply));
  }

  @Get('diff')
  @AnswersFigure(DIFF, { and: { type: 'string', description: 'As asked: a day, or an instant in UTC.' } })
  diff(@Query() parameters: DiffParameters): Promise<FigureDocument> {
    const { before, after } = recordedDates(parameters);
    return this.figures.list(parameters, (selection) => ({ figure: 'diff', selection, before, after }), {
      and: shownCutOff(parameters.and!),
    });
  }

  @Get('log')
  @ApiOperation({
    summary: 'The log of facts',
    description:
      'All facts in the order in which they were stored, retractions among them. As JSON page by page, all pages of one reading as the log stood at the first; as NDJSON the whole log in one stream, one fact a line.',
  })
  @ApiOkResponse({
    description: 'A page, or the whole log.',
    content: {
      'application/json': {
        schema: objectOf({
          items: { type: 'array', items: EVENT },
          next: { type: ['string', 'null'], description: 'Link to the next page; null on the last.' },
          ...SIGNATURE,
          knownAt: { type: ['string', 'null'] },
        }),
      },
      [NDJSON]: { schema: EVENT },
    },
  })
  async log(
    @Query() parameters: AuditLogParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const type = acceptable(request, reply, ['application/json', NDJSON]);
    return type === NDJSON ? this.stream(parameters, reply) : this.page(parameters);
  }

  private async page(parameters: AuditLogParameters) {
    const { knownAt, cursor: token, limit } = parameters;
    const head = await headOf(this.parts.eventLog, positionAfter(parameters));
    const cursor = token === undefined ? { after: 0, upTo: head } : parseCursor(token)!;
    if (cursor.upTo > head) {
      throw invalidCursor('it leads beyond the end of this log');
    }
    const { items, next, position } = await auditLogPage(this.parts.eventLog, {
      cursor,
      limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
      knownAt: knownAt === undefined ? undefined : parseCutOff(knownAt),
    }).catch((error: unknown) => {
      // Not every number is a place from which this log can be read on.
      const isForged = token !== undefined && error instanceof EventLogError && error.code === 'invalid';
      throw isForged ? invalidCursor('it leads nowhere in this log') : error;
    });
    return {
      items,
      next: next === undefined ? null : nextLink(parameters, next),
      position: formatPosition(position),
      catalogue: this.parts.catalogue.digest,
      knownAt: knownAt === undefined ? null : shownCutOff(knownAt),
    };
  }

  private async stream(parameters: AuditLogParameters, reply: FastifyReply): Promise<StreamableFile> {
    const paging = (['limit', 'cursor'] as const).filter((parameter) => parameters[parameter] !== undefined);
    if (paging.length > 0) {
      const detail = 'a stream has no pages: it gives the whole log';
      throw invalidParameters(paging.map((parameter) => ({ parameter, detail })));
    }
    const { knownAt } = parameters;
    const upTo = await headOf(this.parts.eventLog, positionAfter(parameters));
    void reply.headers({
      'percorso-position': formatPosition(upTo),
      'percorso-catalogue': this.parts.catalogue.digest,
    });
    const lines = streamAuditLog(this.parts.eventLog, {
      upTo,
      knownAt: knownAt === undefined ? undefined : parseCutOff(knownAt),
      signal: goneSignal(reply),
    });
    return new StreamableFile(Readable.from(lines, { objectMode: false }), { type: NDJSON });
  }
}

/** The address of the next page of the same reading. */
function nextLink({ limit, knownAt }: AuditLogParameters, cursor: string): string {
  const query = Object.entries({ limit, knownAt, cursor }).filter(([, value]) => value !== undefined);
  return `/v1/audit/log?${new URLSearchParams(query as [string, string][]).toString()}`;
}
