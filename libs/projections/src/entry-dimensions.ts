import { type Catalogue } from '#catalogue';
import { type FactData, type FactName } from '#events';
import { type Dimensions, type MeasuredFact, NONE, UNKNOWN } from '#measures';

/** A fact that enters a stage. */
export type StatusFact = MeasuredFact<Exclude<FactName, 'retracted'>>;

type Place = Pick<Dimensions, 'territory' | 'venue' | 'mode' | 'sa'>;
type Home = FactData['registered'] | undefined;

/** A place that is no venue's. */
const nowhere = (territory: string, sa: string = NONE): Place => ({ territory, venue: NONE, mode: NONE, sa });

/** What an entry is counted under; `home` is the journey's first `registered` fact at that recorded time. */
export function entryDimensions(fact: StatusFact, home: Home, catalogue: Catalogue): Dimensions {
  const { territory, venue, mode, sa } = placeOf(fact, home?.territory ?? UNKNOWN, catalogue);
  const { gender = UNKNOWN, education = UNKNOWN, employment = UNKNOWN } = home?.profile ?? {};
  return { territory, venue, mode, sa, gender, education, employment };
}

function placeOf(fact: StatusFact, home: string, catalogue: Catalogue): Place {
  switch (fact.name) {
    case 'registered':
      return nowhere(fact.data.territory);
    case 'booked':
    case 'attended':
    case 'absent':
      return placeOfVenue(fact.data.venue, catalogue);
    case 'sa-chosen':
    case 'reception-held':
    case 'pds-signed': {
      const { sa } = fact.data;
      return nowhere(catalogue.sa(sa)?.territory ?? UNKNOWN, sa);
    }
    case 'not-admissible':
    case 'abandoned':
      return nowhere(home, fact.data.sa);
    default:
      return nowhere(home);
  }
}

/** A catalogue that changed may have lost a code that old facts have. */
function placeOfVenue(venue: string, catalogue: Catalogue): Place {
  const { territory, mode } = catalogue.venue(venue) ?? { territory: UNKNOWN, mode: UNKNOWN };
  return { territory, venue, mode, sa: NONE };
}
