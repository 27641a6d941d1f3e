import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '#http';
import { type FigureDocument } from './answers/figure-document.js';
import { AnswersFigure } from './answers/figure-route.js';
import {
  ABSENCE,
  CONTACTS,
  MEETINGS,
  QUESTIONNAIRE,
  RECORDING_DELAY,
  STOCK,
  WEB_TRAFFIC,
} from './answers/figures.js';
import { FigureQuestions } from './figure-questions.js';
import {
  AbsenceParameters,
  MeetingsParameters,
  QuestionnaireParameters,
  RecordingDelayParameters,
  StockParameters,
  UngroupedParameters,
} from './parameters/endpoint-parameters.js';

/** The figures beside the funnel. */
@ApiTags('Figures')
@Roles('analyst')
@Controller('v1')
export class FiguresController {
  constructor(private readonly questions: FigureQuestions) {}

  @Get('absence')
  @AnswersFigure(ABSENCE)
  absence(@Query() parameters: AbsenceParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'absence', selection }));
  }

  @Get('stock')
  @AnswersFigure(STOCK)
  stock(@Query() parameters: StockParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'stock', selection }));
  }

  @Get('meetings/monthly')
  @AnswersFigure(MEETINGS)
  meetings(@Query() parameters: MeetingsParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'meetings', selection }));
  }

  @Get('contacts/monthly')
  @AnswersFigure(CONTACTS)
  contacts(@Query() parameters: UngroupedParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'contacts', selection }));
  }

  @Get('web-traffic/monthly')
  @AnswersFigure(WEB_TRAFFIC)
  webTraffic(@Query() parameters: UngroupedParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'web-traffic', selection }));
  }

  @Get('questionnaire')
  @AnswersFigure(QUESTIONNAIRE)
  questionnaire(@Query() parameters: QuestionnaireParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'questionnaire', selection }));
  }

  @Get('recording-delay')
  @AnswersFigure(RECORDING_DELAY)
  recordingDelay(@Query() parameters: RecordingDelayParameters): Promise<FigureDocument> {
    return this.questions.list(parameters, (selection) => ({ figure: 'recording-delay', selection }));
  }
}
