import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FUNNEL_STAGES } from '#events';
import { Roles } from '#http';
import { type Properties } from './answers/figure-declaration.js';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure } from './answers/figure-route.js';
import { BASIS, NOWCAST, NOWCAST_BACKTEST, WARNINGS } from './answers/nowcast-figures.js';
import { FigureQuestions } from './figure-questions.js';
import { DelayParameters, isOn } from './parameters/hysteresis-parameters.js';
import { stagePair } from './parameters/period-ratio.js';

const STAGE = { type: 'string', enum: [...FUNNEL_STAGES] };

/** What both answers say of their question, and what to bear in mind with them. */
const ASKED: Properties = {
  fromStage: STAGE,
  toStage: STAGE,
  net: { type: 'boolean' },
  observationEnd: {
    type: 'string',
    format: 'date',
    description: 'The earliest of `until`, `knownAt` and today: what happened by then counts as already.',
  },
  warnings: WARNINGS,
};

/** What is not on record yet, and what will be. */
@ApiTags('Hysteresis')
@Roles('analyst')
@Controller('v1/hysteresis/nowcast')
export class NowcastController {
  constructor(private readonly questions: FigureQuestions) {}

  @Get()
  @AnswersFigure(NOWCAST, { ...ASKED, basis: BASIS })
  async nowcast(@Query() parameters: DelayParameters): Promise<FigureDocument> {
    return this.ask('nowcast', parameters);
  }

  @Get('backtest')
  @AnswersFigure(NOWCAST_BACKTEST, ASKED)
  async backtest(@Query() parameters: DelayParameters): Promise<FigureDocument> {
    return this.ask('nowcast-backtest', parameters);
  }

  private ask(figure: 'nowcast' | 'nowcast-backtest', parameters: DelayParameters): Promise<FigureDocument> {
    const asked = { ...stagePair(parameters), net: isOn(parameters.net) };
    return this.questions.list(parameters, (selection) => ({ figure, selection, ...asked }), asked);
  }
}
