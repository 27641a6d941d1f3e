import { type Catalogue } from '#catalogue';
import { type FunnelStage } from '#events';
import { type GroupKey, NONE, UNKNOWN } from '#measures';
import { Dictionary } from './dictionary.js';
import { type JourneyFacts } from './journey-facts.js';

type Profile = Partial<Record<GroupKey, string>>;

/** The codes of one dimension of the entries of a stage: by the place that the fact names, or by the person's profile. */
export interface DimensionCodes {
  readonly of: 'place' | 'profile';
  readonly codes: Uint16Array;
}

/**
 * One dimension of entries as small numbers, the same for the same value whatever stage the entry is of.
 */
export class CodedDimension {
  readonly values = new Dictionary();

  constructor(
    private readonly key: GroupKey,
    private readonly facts: JourneyFacts,
    private readonly catalogue: Catalogue,
  ) {}

  /** The codes of the entries of a funnel stage. */
  codesFor(stage: FunnelStage): DimensionCodes {
    const { places, details } = this.facts;
    switch (this.key) {
      case 'territory':
      case 'venue':
      case 'mode':
      case 'sa':
        return {
          of: 'place',
          codes: this.table(places.size, (code) => this.placeValue(stage, places.value(code))),
        };
      default:
        return {
          of: 'profile',
          codes: this.table(
            details.size,
            (code) => (JSON.parse(details.value(code)) as Profile)[this.key] ?? UNKNOWN,
          ),
        };
    }
  }

  private table(size: number, valueOf: (code: number) => string): Uint16Array {
    return Uint16Array.from({ length: size }, (_, code) => this.values.code(valueOf(code)));
  }

  private placeValue(stage: FunnelStage, place: string): string {
    switch (stage) {
      case 'registered':
        return this.key === 'territory' ? place : NONE;
      case 'booked':
      case 'attended': {
        const venue = this.catalogue.venue(place);
        if (this.key === 'territory') return venue?.territory ?? UNKNOWN;
        if (this.key === 'mode') return venue?.mode ?? UNKNOWN;
        return this.key === 'venue' ? place : NONE;
      }
      default:
        if (this.key === 'territory') return this.catalogue.sa(place)?.territory ?? UNKNOWN;
        return this.key === 'sa' ? place : NONE;
    }
  }
}
