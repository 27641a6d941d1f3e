import { Controller, Get, Header, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Roles } from '#http';
import { goneSignal } from '../connection.js';
import { PositionFeed } from './position-feed.js';
import { positionStream } from './position-stream.js';

const TYPE = 'text/event-stream';

/** Tells pages that new facts have reached the figures. */
@ApiTags('Figures')
@Roles('analyst')
@Controller('v1/stream')
export class StreamController {
  constructor(private readonly feed: PositionFeed) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Header('x-accel-buffering', 'no')
  @ApiOperation({
    summary: 'When new facts have reached the figures',
    description:
      'Server-sent events. `event: position` with `data: {"position": "…"}` at once and whenever the figures have moved on: an answer asked for from then on reflects at least that position. The stream ends after fifteen minutes and when the server stops; browsers connect again by themselves.',
  })
  @ApiOkResponse({ description: 'Events without end.', content: { [TYPE]: { schema: { type: 'string' } } } })
  positions(@Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    return new StreamableFile(positionStream(this.feed, goneSignal(reply)), { type: TYPE });
  }
}
