import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import {
  ABSENCE,
  MEETINGS,
  MONTHLY,
  PERIOD_RATIO,
  QUESTIONNAIRE,
  RECORDING_DELAY,
  STOCK,
} from '../answers/figures.js';
import { CutOffParameters, groupedBy, WindowParameters } from './figure-parameters.js';
import { IsCount, IsCursor, IsCutOff, IsPosition, IsWord } from './parameter-forms.js';

/** The monthly and the cumulative funnel. */
export class FunnelParameters extends groupedBy(WindowParameters, MONTHLY.groupKeys) {}

export class PeriodRatioParameters extends groupedBy(WindowParameters, PERIOD_RATIO.groupKeys) {
  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    default: 'attended',
    description: 'The stage whose entries are the denominator; it comes before `toStage`.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  fromStage?: FunnelStage;

  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    default: 'saChosen',
    description: 'The stage whose entries are the numerator.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  toStage?: FunnelStage;

  @ApiPropertyOptional({
    enum: ['month'],
    description: 'With `month` a row a month, otherwise one row for the whole window.',
  })
  @IsOptional()
  @IsWord(['month'])
  by?: 'month';
}

export class AbsenceParameters extends groupedBy(WindowParameters, ABSENCE.groupKeys) {}

export class StockParameters extends groupedBy(CutOffParameters, STOCK.groupKeys) {}

export class MeetingsParameters extends groupedBy(WindowParameters, MEETINGS.groupKeys) {}

export class QuestionnaireParameters extends groupedBy(WindowParameters, QUESTIONNAIRE.groupKeys) {}

export class RecordingDelayParameters extends groupedBy(WindowParameters, RECORDING_DELAY.groupKeys) {}

/** The contacts of the help desk, and the web traffic: nothing to group by. */
export class UngroupedParameters extends WindowParameters {}

/** A single journey. */
export class JourneyParameters extends CutOffParameters {}

/** The catalogue does not depend on the log: it only goes along with a client that sends `after` with every read. */
export class CatalogueParameters {
  @ApiPropertyOptional({
    type: String,
    description:
      'A `position` that the log has to have reached, as for every read; waits five seconds at most, then 503.',
  })
  @IsOptional()
  @IsPosition()
  after?: string;
}

export class ReplayParameters extends FunnelParameters {
  @ApiPropertyOptional({
    type: String,
    description:
      'Replays the log as it stood at this position, without comparing. Without it the replay goes as far as the served figures do and is compared with them.',
  })
  @IsOptional()
  @IsPosition()
  asOf?: string;
}

export class DiffParameters extends FunnelParameters {
  @ApiPropertyOptional({
    type: String,
    description:
      'The later of the two recorded dates, in the form of `knownAt`, which is the earlier one. Both are needed.',
    example: '2021-12-31',
  })
  @IsOptional()
  @IsCutOff()
  and?: string;
}

/** Items of a page, where the question does not say how many. */
export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1000;

export class AuditLogParameters {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
    description: 'Facts a page.',
  })
  @IsOptional()
  @IsCount(1, MAX_LIMIT)
  limit?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Where the page begins: comes with the `next` link of the page before.',
  })
  @IsOptional()
  @IsCursor()
  cursor?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Only facts that had been recorded by then. A day (Europe/Rome, to its end) or an instant.',
  })
  @IsOptional()
  @IsCutOff()
  knownAt?: string;

  @ApiPropertyOptional({
    type: String,
    description:
      'A `position` that the answer has to include at least; waits five seconds at most, then 503.',
  })
  @IsOptional()
  @IsPosition()
  after?: string;
}
