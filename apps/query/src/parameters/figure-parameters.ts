import { type Type } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { type GroupKey } from '#measures';
import { IsCodeList, IsCutOff, IsDay, IsPosition, IsWordList } from './parameter-forms.js';

type FilterTexts = Partial<Record<GroupKey, string>>;

/** What every question may say. Values are texts of the declared form. */
export class CutOffParameters {
  /** The keys by which the answer groups and filters. */
  static readonly groupKeys: readonly GroupKey[] = [];

  @ApiPropertyOptional({
    type: String,
    description:
      'Counts only what had happened by then. A day (Europe/Rome, to its end) or an instant with offset, which itself still counts. Without it nothing is cut off.',
    example: '2020-12-31',
  })
  @IsOptional()
  @IsCutOff()
  until?: string;

  @ApiPropertyOptional({
    type: String,
    description:
      'Counts only what had been recorded by then: the answer that would have been given at that time. A day or an instant, as for `until`.',
    example: '2021-01-31T12:00:00Z',
  })
  @IsOptional()
  @IsCutOff()
  knownAt?: string;

  @ApiPropertyOptional({
    type: String,
    description:
      'A `position` from an earlier answer, of a write for instance: this answer reflects at least everything up to there. Waits five seconds at most, then the answer is 503.',
  })
  @IsOptional()
  @IsPosition()
  after?: string;
}

/** A question about a window of days. */
export class WindowParameters extends CutOffParameters {
  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description:
      'First day that counts (Europe/Rome). Without it the window opens on the first day of what is counted.',
    example: '2020-01-01',
  })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description:
      'Last day that counts (Europe/Rome). Without it the window closes on the last day of what is counted.',
    example: '2020-12-31',
  })
  @IsOptional()
  @IsDay()
  to?: string;
}

const FILTER_MEANINGS: Readonly<Record<GroupKey, string>> = {
  territory: 'territories of the catalogue',
  venue: 'venues of the catalogue',
  mode: 'how the venue meets: `in_person`, `online`, `phone`',
  sa: 'SAs of the catalogue',
  gender: '`F`, `M`, `X`',
  education: '`none`, `lower`, `diploma`, `bachelor`, `master`',
  employment: '`employed`, `not_employed`, `student`, `other`',
};

interface Grouped<B extends CutOffParameters> {
  new (): B & FilterTexts & { groupBy?: string };
  readonly groupKeys: readonly GroupKey[];
}

/** The parameters of a class, and with them grouping and filtering by exactly these keys. */
export function groupedBy<B extends CutOffParameters>(base: Type<B>, keys: readonly GroupKey[]): Grouped<B> {
  class GroupedParameters extends (base as Type<CutOffParameters>) {
    static readonly groupKeys = keys;
  }
  decorate(
    GroupedParameters.prototype,
    'groupBy',
    ApiPropertyOptional({
      type: String,
      description: `Splits every row by these dimensions, in this order, separated by commas: ${keys.join(', ')}.`,
      example: keys[0],
    }),
    IsWordList(keys),
  );
  for (const key of keys) {
    decorate(
      GroupedParameters.prototype,
      key,
      ApiPropertyOptional({
        type: String,
        description: `Keeps what has one of these values, separated by commas: ${FILTER_MEANINGS[key]}; also \`unknown\` and \`none\`.`,
      }),
      IsCodeList(),
    );
  }
  return GroupedParameters as unknown as Grouped<B>;
}

function decorate(prototype: object, property: string, ...decorators: PropertyDecorator[]): void {
  for (const decorator of [IsOptional(), ...decorators]) decorator(prototype, property);
}

/** All texts that a question about figures can hold. */
export type FigureParameters = CutOffParameters &
  Partial<WindowParameters> &
  FilterTexts & { groupBy?: string };

/** The keys by which the answer to this question groups and filters. */
export function groupKeysOf(parameters: CutOffParameters): readonly GroupKey[] {
  return (parameters.constructor as typeof CutOffParameters).groupKeys;
}
