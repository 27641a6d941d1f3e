import { type Catalogue, type Sa, loadCatalogue } from '#catalogue';
import { MeetingBook } from './meeting-book.js';
import { earlierMeetings, meetings2020, meetings2021 } from './meetings.js';
import { type ReportFigures, reportFigures } from './report-figures.js';
import { Rng } from './rng.js';
import { dayOf, wallClock } from './working-time.js';

/** Changing it gives another history with the same printed figures. */
export const SEED = 'mip-2020';

/** What every part of the plan builds on. */
export interface Plan {
  readonly rng: Rng;
  readonly catalogue: Catalogue;
  readonly figures: ReportFigures;
  readonly territories: readonly string[];
  readonly book: MeetingBook;
  sasOf(territory: string): readonly Sa[];
}

/** How many of each territory come to a meeting in 2021 only. */
export const PARTICIPANTS_2021: ReadonlyMap<string, number> = new Map([
  ['TO', 30],
  ['AL-AT', 4],
  ['BI-NO-VC-VCO', 4],
  ['CN', 6],
]);

export function startPlan(seed: string): Plan {
  const rng = new Rng(seed);
  const catalogue = loadCatalogue();
  const meetings = [
    ...earlierMeetings(rng.part('meetings-2017-2019'), catalogue, reportFigures),
    ...meetings2020(rng.part('meetings-2020'), catalogue, reportFigures),
    ...meetings2021(rng.part('meetings-2021'), catalogue, PARTICIPANTS_2021),
  ];
  const phoneVenues = catalogue.venues.filter(({ mode }) => mode === 'phone');
  return {
    rng,
    catalogue,
    figures: reportFigures,
    territories: catalogue.territories.map(({ code }) => code),
    book: new MeetingBook(meetings, phoneVenues, wallClock(dayOf('2020-04-27'), 9 * 60)),
    sasOf: (territory) => catalogue.sas.filter((sa) => sa.territory === territory),
  };
}
