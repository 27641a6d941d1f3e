import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
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
import { inTime } from './in-time.js';
import { type IngestLimits } from './ingest-limits.js';
import { LineIntake, type LineRequest } from './line-intake.js';
import { type Receipts } from './receipts.js';
import { type Visit, WaitingRoom } from './waiting-room.js';
import { WholeIntake, type WholeRequest } from './whole-intake.js';

/** The provider of the limits. */
export const LIMITS = Symbol('IngestLimits');

type WholeKind = Exclude<ContentKind, 'lines'>;

/** Facts in. */
@ApiTags('Ingest')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly whole: WholeIntake,
    private readonly lines: LineIntake,
    private readonly room: WaitingRoom,
    @Inject(LIMITS) private readonly limits: IngestLimits,
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
    const receipts =
      kind === 'lines'
        ? await this.lines.accept(bodyOf(request), options)
        : await this.takeWhole(request, kind, options);
    // By itself: looking at what kind of answer was returned takes the framework longer than sending it.
    void reply.send(receipts);
  }

  private async takeWhole(request: FastifyRequest, kind: WholeKind, options: LineRequest): Promise<Receipts> {
    const visit = this.room.enter();
    const leave = () => visit.leave();
    let storing: Promise<Receipts> | undefined;
    try {
      storing = this.whole.accept({ ...options, ...(await this.read(request, kind, visit)) });
      return await inTime(storing, this.limits.answerMs);
    } finally {
      // What goes on after its sender was told takes up its room until it ends.
      if (storing) storing.then(leave, leave);
      else leave();
    }
  }

  private async read(
    request: FastifyRequest,
    kind: WholeKind,
    visit: Visit,
  ): Promise<Pick<WholeRequest, 'inputs' | 'isBatch'>> {
    const { headers, raw } = request;
    const contentLength = headers['content-length'];
    const bytes = withoutBom(await readBody(bodyOf(request), { contentLength, visit, limits: this.limits }));
    if (kind === 'batch') return { inputs: await readBatch(bytes), isBatch: true };
    const body = await readEvent(bytes);
    const input = kind === 'binary' ? binaryEvent(raw.rawHeaders, body) : body;
    return { inputs: [input], isBatch: false };
  }
}

/** A request without a body has none of it even as a stream. */
function bodyOf({ body }: FastifyRequest): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}
