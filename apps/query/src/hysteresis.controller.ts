import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FUNNEL_STAGES } from '#events';
import { Roles } from '#http';
import { COMPARISON, COMPARISON_FINDINGS } from './answers/comparison-figure.js';
import { type Properties } from './answers/figure-declaration.js';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure } from './answers/figure-route.js';
import { HYSTERESIS } from './answers/hysteresis-figure.js';
import { TRIANGLE } from './answers/triangle-figure.js';
import { FigureQuestions } from './figure-questions.js';
import { DelayParameters, HysteresisParameters, isOn } from './parameters/hysteresis-parameters.js';
import { invalidParameters } from './parameters/invalid-parameters.js';
import { stagePair } from './parameters/period-ratio.js';

const STAGE = { type: 'string', enum: [...FUNNEL_STAGES] };

/** What every answer about delays says of its question. */
const ASKED: Properties = {
  fromStage: STAGE,
  toStage: STAGE,
  net: { type: 'boolean' },
  observationEnd: {
    type: 'string',
    format: 'date',
    description: 'The last day that pending members were followed to.',
  },
};

/** Late or lost. */
@ApiTags('Hysteresis')
@Roles('analyst')
@Controller('v1/hysteresis')
export class HysteresisController {
  constructor(private readonly questions: FigureQuestions) {}

  @Get()
  @AnswersFigure(HYSTERESIS, {
    ...ASKED,
    curve: { type: 'boolean' },
    by: { type: ['string', 'null'], enum: ['month', null] },
  })
  async hysteresis(@Query() parameters: HysteresisParameters): Promise<FigureDocument> {
    const asked = { ...stagePair(parameters), net: isOn(parameters.net), curve: isOn(parameters.curve) };
    const by = parameters.by ?? null;
    return this.questions.list(
      parameters,
      (selection) => ({ figure: 'hysteresis', selection, ...asked, byMonth: by === 'month' }),
      { ...asked, by },
    );
  }

  @Get('compare')
  @AnswersFigure(COMPARISON, { ...ASKED, ...COMPARISON_FINDINGS })
  async compare(@Query() parameters: DelayParameters): Promise<FigureDocument> {
    if (parameters.groupBy === undefined) {
      throw invalidParameters([
        { parameter: 'groupBy', detail: 'is needed: there are no groups to compare' },
      ]);
    }
    return this.aboutDelays('hysteresis-compare', parameters);
  }

  @Get('triangle')
  @AnswersFigure(TRIANGLE, ASKED)
  async triangle(@Query() parameters: DelayParameters): Promise<FigureDocument> {
    return this.aboutDelays('hysteresis-triangle', parameters);
  }

  private aboutDelays(
    figure: 'hysteresis-compare' | 'hysteresis-triangle',
    parameters: DelayParameters,
  ): Promise<FigureDocument> {
    const asked = { ...stagePair(parameters), net: isOn(parameters.net) };
    return this.questions.list(parameters, (selection) => ({ figure, selection, ...asked }), asked);
  }
}
