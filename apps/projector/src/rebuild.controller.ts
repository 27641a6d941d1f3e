import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemError, Roles } from '#http';
import { ProjectorService } from './projector.service.js';

@ApiTags('Operations')
@Controller('v1/read-models')
export class RebuildController {
  constructor(private readonly projector: ProjectorService) {}

  @Post('rebuild')
  @HttpCode(202)
  @Roles('admin')
  @ApiOperation({
    summary: 'Build all read models again from the log',
    description:
      'Beside those that serve; they take over when they have caught up. `/status` shows how far they are.',
  })
  @ApiAcceptedResponse({ description: 'It has begun.' })
  async rebuild() {
    if (await this.projector.rebuild()) return { status: 'started' };
    throw new ProblemError('unavailable', 'This process does not write the read models at the moment.');
  }
}
