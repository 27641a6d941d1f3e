import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { FUNNEL_STAGES, type FunnelStage, type Stage, STAGES } from '#events';
import { GROUP_KEYS, type Outcome, OUTCOMES, QUALITY_KINDS, type QualityKind } from '#measures';
import { DEFAULT_LIMIT, MAX_LIMIT } from './endpoint-parameters.js';
import { groupedBy, WindowParameters } from './figure-parameters.js';
import { IsCount, IsPeopleCursor, IsWord } from './parameter-forms.js';

/** Delays of more days than this do not occur. */
const MAX_DELAY_DAYS = 100_000;

/** A question about a window of days whose answer comes page by page. */
class PagedParameters extends WindowParameters {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
    description: 'Items a page.',
  })
  @IsOptional()
  @IsCount(1, MAX_LIMIT)
  limit?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Where the page begins: comes with the `next` link of the page before.',
  })
  @IsOptional()
  @IsPeopleCursor()
  cursor?: string;
}

/** The journeys behind a figure. */
export class JourneysParameters extends groupedBy(PagedParameters, GROUP_KEYS) {
  @ApiPropertyOptional({
    enum: STAGES,
    description:
      'The journeys with an entry of this stage in the window: those behind a funnel, or a cohort. This or `status` is needed.',
  })
  @IsOptional()
  @IsWord(STAGES)
  stage?: Stage;

  @ApiPropertyOptional({
    enum: ['true'],
    description:
      'Only returning entries of `stage`: of journeys that were there in a programme cycle before.',
  })
  @IsOptional()
  @IsWord(['true'])
  returning?: 'true';

  @ApiPropertyOptional({
    enum: FUNNEL_STAGES,
    description:
      'A later stage of the funnel: every item says what became of the entry towards it, as the cohort and the hysteresis count it. `stage` is then their first stage.',
  })
  @IsOptional()
  @IsWord(FUNNEL_STAGES)
  toStage?: FunnelStage;

  @ApiPropertyOptional({ enum: OUTCOMES, description: 'Only entries with this outcome towards `toStage`.' })
  @IsOptional()
  @IsWord(OUTCOMES)
  outcome?: Outcome;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Only entries that converted, and took at least so many days to.',
  })
  @IsOptional()
  @IsCount(0, MAX_DELAY_DAYS)
  minDelayDays?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Only entries that converted, and took at most so many days to.',
  })
  @IsOptional()
  @IsCount(0, MAX_DELAY_DAYS)
  maxDelayDays?: string;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'With `true` delays leave out the days on which `toStage` was suspended.',
  })
  @IsOptional()
  @IsWord(['true', 'false'])
  net?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: STAGES,
    description:
      'The journeys that are in this status: those behind the stock, with its groups and without a window.',
  })
  @IsOptional()
  @IsWord(STAGES)
  status?: Stage;
}

/** The journeys behind the findings of a kind. */
export class FindingJourneysParameters extends PagedParameters {
  @ApiProperty({ enum: QUALITY_KINDS, description: 'Whose findings.' })
  @IsWord(QUALITY_KINDS)
  kind!: QualityKind;
}
