import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './roles.js';

/** Shows whoever opens the bare address in a browser what can be asked here. */
@ApiExcludeController()
@Public()
@Controller()
export class HomeController {
  @Get()
  @Redirect('/docs', 302)
  home(): void {}
}
