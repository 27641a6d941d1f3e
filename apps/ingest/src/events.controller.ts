import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { hasRole, Roles } from '#http';
import { binaryEvent } from './body/binary-event.js';
import { type ContentKind, contentKind } from './body/content-kind.js';
import { readParameters } from './body/intake-parameters.js';
import { readBody, withoutBom } from './body/read-body.js';
import { readBatch, readEvent } from './body/read-events.js';
import { EVENTS_OPERATION, EVENTS_RESPONSE } from './events.openapi.js';
import { LineIntake, type LineRequest } from './line-intake.js';
import { type Receipts } from './receipts.js';
import { type Visit, WaitingRoom } from './waiting-room.js';
import { WholeIntake } from './whole-intake.js';

/** What a stream of lines takes: a chunk being stored, one waiting, and the events made of them. */
const BYTES_OF_A_STREAM = 8 * 1024 * 1024;

/** Facts in. */
@ApiTags('Ingest')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly whole: WholeIntake,
    private readonly lines: LineIntake,
    private readonly room: WaitingRoom,
  ) {}

  @Post()
  @HttpCode(200)
  @Roles('emitter')
  @ApiOperation(EVENTS_OPERATION)
  @ApiQuery({
    name: 'onError',
    required: false,
    enum: ['skip'],
    description: 'Leave wrong events out, and report them.',
  })
  @ApiQuery({
    name: 'validateOnly',
    required: false,
    enum: ['true', 'false'],
    description: 'Check, and store nothing.',
  })
  @ApiOkResponse(EVENTS_RESPONSE)
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { skip, validateOnly } = readParameters(request.query);
    const kind = contentKind(request.headers);
    const options = { skip, validateOnly, mayImport: hasRole(request, 'import') };
    const visit = this.room.enter();
    let receipts: Receipts;
    try {
      if (kind === 'lines') receipts = await this.takeLines(request, options, visit);
      else receipts = await this.takeWhole(request, kind, options, visit);
    } finally {
      visit.leave();
    }
    // By itself: looking at what kind of answer was returned takes the framework longer than sending it.
    void reply.send(receipts);
  }

  private takeLines(request: FastifyRequest, options: LineRequest, visit: Visit): Promise<Receipts> {
    visit.take(BYTES_OF_A_STREAM);
    return this.lines.accept(bodyOf(request), options);
  }

  private async takeWhole(
    request: FastifyRequest,
    kind: Exclude<ContentKind, 'lines'>,
    { skip, validateOnly, mayImport }: LineRequest,
    visit: Visit,
  ): Promise<Receipts> {
    const { headers, raw } = request;
    const bytes = withoutBom(await readBody(bodyOf(request), headers['content-length'], visit));
    if (kind === 'batch') {
      const inputs = await readBatch(bytes);
      return this.whole.accept({ skip, validateOnly, mayImport, inputs, isBatch: true });
    }
    const body = await readEvent(bytes);
    const input = kind === 'binary' ? binaryEvent(raw.rawHeaders, body) : body;
    return this.whole.accept({ skip, validateOnly, mayImport, inputs: [input], isBatch: false });
  }
}

/** A request without a body has none of it even as a stream. */
function bodyOf({ body }: FastifyRequest): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}
