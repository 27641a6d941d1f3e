import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FUNNEL_STAGES } from '#events';
import { Roles } from '#http';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure } from './answers/figure-route.js';
import { CUMULATIVE, MONTHLY, PERIOD_RATIO } from './answers/figures.js';
import { COHORT } from './answers/cohort-figure.js';
import { FigureQuestions } from './figure-questions.js';
import { FunnelParameters, PeriodRatioParameters } from './parameters/endpoint-parameters.js';
import { CohortParameters } from './parameters/hysteresis-parameters.js';
import { checkSharedKeys, stagePair } from './parameters/period-ratio.js';

const STAGE = { type: 'string', enum: [...FUNNEL_STAGES] };

/** The funnel of a period. */
@ApiTags('Figures')
@Roles('analyst')
@Controller('v1/funnel')
export class FunnelController {
  constructor(private readonly questions: FigureQuestions) {}

  @Get('monthly')
  @AnswersFigure(MONTHLY)
  monthly(@Query() parameters: FunnelParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'monthly', selection }));
  }

  @Get('cumulative')
  @AnswersFigure(CUMULATIVE)
  cumulative(@Query() parameters: FunnelParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'cumulative', selection }));
  }

  @Get('cohort')
  @AnswersFigure(COHORT, { stage: STAGE, by: { type: ['string', 'null'], enum: ['month', null] } })
  cohort(@Query() parameters: CohortParameters): Promise<FigureDocument> {
    const stage = parameters.stage ?? 'registered';
    const by = parameters.by ?? null;
    return this.questions.list(
      parameters,
      (selection) => ({ figure: 'cohort', selection, stage, byMonth: by === 'month' }),
      { stage, by },
    );
  }

  @Get('period-ratio')
  @AnswersFigure(PERIOD_RATIO, {
    fromStage: STAGE,
    toStage: STAGE,
    by: { type: ['string', 'null'], enum: ['month', null] },
  })
  async periodRatio(@Query() parameters: PeriodRatioParameters): Promise<FigureDocument> {
    const pair = stagePair(parameters);
    const by = parameters.by ?? null;
    return this.questions.list(
      parameters,
      (selection) => {
        checkSharedKeys(pair, selection);
        return { figure: 'period-ratio', selection, ...pair, byMonth: by === 'month' };
      },
      { ...pair, by },
    );
  }
}
