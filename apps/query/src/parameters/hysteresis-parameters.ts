import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { COHORT } from '../answers/cohort-figure.js';
import { HYSTERESIS } from '../answers/hysteresis-figure.js';
import { groupedBy, WindowParameters } from './figure-parameters.js';
import { IsWord } from './parameter-forms.js';

const BOOLEANS = ['true', 'false'] as const;
type BooleanText = (typeof BOOLEANS)[number];

/** A switch as understood; not given it is off. */
export const isOn = (text: BooleanText | undefined): boolean => text === 'true';

export class CohortParameters extends groupedBy(WindowParameters, COHORT.groupKeys) {
  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    default: 'registered',
    description: 'The stage whose entries in the window are the cohort.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  stage?: FunnelStage;

  @ApiPropertyOptional({
    enum: ['month'],
    description: 'With `month` a row for each month of entry, otherwise one for the whole window.',
  })
  @IsOptional()
  @IsWord(['month'])
  by?: 'month';
}

/** From which stage to which, and how days are counted. */
export class DelayParameters extends groupedBy(WindowParameters, HYSTERESIS.groupKeys) {
  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    default: 'attended',
    description: 'The stage whose entries in the window are the cohort; it comes before `toStage`.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  fromStage?: FunnelStage;

  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    default: 'saChosen',
    description: 'The stage that the cohort is followed to.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  toStage?: FunnelStage;

  @ApiPropertyOptional({
    enum: BOOLEANS,
    default: 'false',
    description: 'With `true` only days on which `toStage` was not suspended count.',
  })
  @IsOptional()
  @IsWord(BOOLEANS)
  net?: BooleanText;
}

export class HysteresisParameters extends DelayParameters {
  @ApiPropertyOptional({
    enum: BOOLEANS,
    default: 'false',
    description: 'With `true` every row has its time-to-event curve.',
  })
  @IsOptional()
  @IsWord(BOOLEANS)
  curve?: BooleanText;

  @ApiPropertyOptional({
    enum: ['month'],
    description: 'With `month` a row for each month of entry, otherwise one for the whole window.',
  })
  @IsOptional()
  @IsWord(['month'])
  by?: 'month';
}
