import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Roles } from '#http';
import { acceptable } from './answers/acceptable.js';
import { objectOf, type Properties, type SchemaObject } from './answers/figure-declaration.js';
import { CatalogueParameters } from './parameters/endpoint-parameters.js';
import { positionAfter } from './parameters/selection.js';
import { headOf } from './queries/log-reached.js';
import { QueryParts } from './query-parts.js';

const TEXT: SchemaObject = { type: 'string' };
const DAY: SchemaObject = { type: 'string', format: 'date' };
const VALIDITY: Properties = { validFrom: DAY, validTo: DAY };

const listOf = (properties: Properties, optional: Properties = {}): SchemaObject => ({
  type: 'array',
  items: objectOf({ ...properties, ...optional }, Object.keys(optional)),
});

const SCHEMA = objectOf({
  territories: listOf({ code: TEXT, name: TEXT }, VALIDITY),
  venues: listOf({ code: TEXT, name: TEXT, territory: TEXT, mode: TEXT }, VALIDITY),
  sas: listOf({ code: TEXT, name: TEXT, territory: TEXT }, VALIDITY),
  cycles: listOf({ code: TEXT, from: DAY }, { to: DAY }),
  suspensions: listOf({ stage: TEXT, from: DAY, to: DAY }),
  catalogue: { type: 'string', description: 'Digest of all of it (SHA-256, hex), as every answer names it.' },
});

/** The programme that all codes come from. */
@ApiTags('Figures')
@Roles('analyst')
@Controller('v1/catalogue')
export class CatalogueController {
  constructor(private readonly parts: QueryParts) {}

  @Get()
  @ApiOperation({
    summary: 'The programme catalogue',
    description:
      'Territories, venues and SAs in the order in which answers list them, the cycles of the programme, and when which service was suspended. Ranges are half-open: `from` and `validFrom` belong to them, `to` and `validTo` do not.',
  })
  @ApiOkResponse({ description: 'The programme.', content: { 'application/json': { schema: SCHEMA } } })
  async catalogue(
    @Query() parameters: CatalogueParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    acceptable(request, reply, ['application/json']);
    const { catalogue, eventLog } = this.parts;
    await headOf(eventLog, positionAfter(parameters));
    return { ...catalogue.describe(), catalogue: catalogue.digest };
  }
}
