import { type Catalogue } from '#catalogue';
import { type FactData, type FactName } from '#events';
import { type Dimensions, type MeasuredFact, NONE, UNKNOWN } from '#measures';

/** A fact that enters a stage. */
export type StatusFact = MeasuredFact<Exclude<FactName, 'retracted'>>;

type Place = Pick<Dimensions, 'territory' | 'venue' | 'mode' | 'sa'>;
type Home = FactData['registered'] | undefined;

const NOWHERE = { venue: NONE, mode: NONE, sa: NONE };

/** What an entry is counted under; `home` is the journey's first `registered` fact at that recorded time. */
export function entryDimensions(fact: StatusFact, home: Home, catalogue: Catalogue): Dimensions {
  return {
    ...placeOf(fact, home?.territory ?? UNKNOWN, catalogue),
    gender: home?.profile?.gender ?? UNKNOWN,
    education: home?.profile?.education ?? UNKNOWN,
    employment: home?.profile?.employment ?? UNKNOWN,
  };
}

function placeOf(fact: StatusFact, home: string, catalogue: Catalogue): Place {
  switch (fact.name) {
    case 'registered':
      return { territory: fact.data.territory, ...NOWHERE };
    case 'booked':
    case 'attended':
    case 'absent':
      return placeOfVenue(fact.data.venue, catalogue);
    case 'sa-chosen':
    case 'reception-held':
    case 'pds-signed': {
      const { sa } = fact.data;
      return { territory: catalogue.sa(sa)?.territory ?? UNKNOWN, ...NOWHERE, sa };
    }
    case 'not-admissible':
    case 'abandoned':
      return { territory: home, ...NOWHERE, sa: fact.data.sa ?? NONE };
    default:
      return { territory: home, ...NOWHERE };
  }
}

/** A catalogue that changed may have lost a code that old facts have. */
function placeOfVenue(venue: string, catalogue: Catalogue): Place {
  const { territory, mode } = catalogue.venue(venue) ?? { territory: UNKNOWN, mode: UNKNOWN };
  return { territory, venue, mode, sa: NONE };
}
