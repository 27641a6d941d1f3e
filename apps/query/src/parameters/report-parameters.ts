import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { type Language, LANGUAGES, REPORT_FORMATS, type ReportFormat } from '#report';
import { CutOffParameters } from './figure-parameters.js';
import { invalidParameters, quoted } from './invalid-parameters.js';
import { IsWord } from './parameter-forms.js';

export class ReportParameters extends CutOffParameters {
  @ApiPropertyOptional({
    enum: LANGUAGES,
    default: 'it',
    description:
      'The language of titles, labels and notes; numbers on the page are written as it writes them.',
  })
  @IsOptional()
  @IsWord(LANGUAGES)
  lang?: Language;

  @ApiPropertyOptional({
    enum: REPORT_FORMATS,
    description:
      'The form of the answer, for links; without it `Accept` decides. `csv` is a ZIP archive with one file a table.',
  })
  @IsOptional()
  @IsWord(REPORT_FORMATS)
  format?: ReportFormat;
}

/** @throws ProblemError `invalid-parameter` when the text is no year that the report can be made of */
export function parseYear(text: string): number {
  if (/^(19|20|21)\d\d$/.test(text)) return Number(text);
  const detail = `year must be a year from 1900 to 2199 (YYYY), not ${quoted(text)}`;
  throw invalidParameters([{ parameter: 'year', detail }]);
}
