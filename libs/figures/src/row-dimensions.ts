import { type Catalogue } from '#catalogue';
import { type FactName, STAGE_ORDER } from '#events';
import { type Dimensions, type GroupKey, NONE, UNKNOWN } from '#measures';
import { type JourneyFacts } from './journey-facts.js';

/** What the place of a fact is: its own territory, a venue, an SA, or none of its own beside perhaps an SA. */
type PlaceKind = 'territory' | 'venue' | 'sa' | 'home';

const KINDS: Partial<Record<FactName, PlaceKind>> = {
  registered: 'territory',
  booked: 'venue',
  attended: 'venue',
  absent: 'venue',
  'sa-chosen': 'sa',
  'reception-held': 'sa',
  'pds-signed': 'sa',
  'questionnaire-sent': 'sa',
  'questionnaire-completed': 'sa',
};
const KIND_OF_NAME: readonly PlaceKind[] = STAGE_ORDER.map((name) => KINDS[name] ?? 'home');

type Profile = Pick<Dimensions, 'gender' | 'education' | 'employment'>;

/** The dimensions of a fact in the columns, given the row of its journey's first registration (−1: there is none). */
export class RowDimensions {
  private readonly profiles = new Map<number, Profile>();

  constructor(
    private readonly facts: JourneyFacts,
    private readonly catalogue: Catalogue,
  ) {}

  /** All seven, in the order in which answers name them. */
  of(row: number, registered: number): Dimensions {
    const { venue, mode } = this.venueOf(row);
    const { territory, sa } = this.placeOf(row, registered);
    return { territory, venue, mode, sa, ...this.profileOf(registered) };
  }

  /** What the first registration says of the person. */
  ofPerson(registered: number): Omit<Dimensions, 'venue' | 'mode' | 'sa'> {
    return { territory: this.homeOf(registered), ...this.profileOf(registered) };
  }

  placeOf(row: number, registered: number): Pick<Dimensions, 'territory' | 'sa'> {
    const code = this.codeOf(row);
    switch (KIND_OF_NAME[this.facts.name[row]!]) {
      case 'territory':
        return { territory: code, sa: NONE };
      case 'venue':
        return { territory: this.catalogue.venue(code)?.territory ?? UNKNOWN, sa: NONE };
      case 'sa':
        return { territory: this.catalogue.sa(code)?.territory ?? UNKNOWN, sa: code };
      default:
        return { territory: this.homeOf(registered), sa: code };
    }
  }

  private venueOf(row: number): Pick<Dimensions, 'venue' | 'mode'> {
    if (KIND_OF_NAME[this.facts.name[row]!] !== 'venue') return { venue: NONE, mode: NONE };
    const venue = this.codeOf(row);
    return { venue, mode: this.catalogue.venue(venue)?.mode ?? UNKNOWN };
  }

  private homeOf(registered: number): string {
    return registered < 0 ? UNKNOWN : this.codeOf(registered);
  }

  private codeOf(row: number): string {
    return this.facts.places.value(this.facts.place[row]!);
  }

  private profileOf(registered: number): Profile {
    const code = registered < 0 ? -1 : this.facts.detail[registered]!;
    let profile = this.profiles.get(code);
    if (!profile) {
      const told =
        code < 0 ? {} : (JSON.parse(this.facts.details.value(code)) as Partial<Record<GroupKey, string>>);
      const { gender = UNKNOWN, education = UNKNOWN, employment = UNKNOWN } = told;
      this.profiles.set(code, (profile = { gender, education, employment }));
    }
    return profile;
  }
}
