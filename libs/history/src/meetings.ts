import {
  type Day,
  type Month,
  firstDayOfMonth,
  isoMonth,
  lastDayOfMonth,
  monthOfDay,
  romeDay,
} from '#calendar';
import { type Catalogue, type Venue } from '#catalogue';
import { apportion, apportionOverTime } from './apportion.js';
import { PARTICIPANTS_2017_2018, PARTICIPANTS_BY_MONTH_2019 } from './earlier-numbers.js';
import { type Meeting, meetingAt } from './meeting-book.js';
import { ensure, need } from './plan.error.js';
import { type ReportFigures } from './report-figures.js';
import { type Rng } from './rng.js';
import { dayOf, monthOf, wallClock, workingDays } from './working-time.js';

const GROUP_TIMES = [9 * 60 + 30, 14 * 60 + 30, 17 * 60];
const CALL_TIMES = Array.from({ length: 17 }, (_, index) => 9 * 60 + 30 * index);
/** Mean 10, as the text of the report has it; the 138 online meetings of 2020 take each size 46 times. */
const ONLINE_CAPACITIES = [8, 10, 12];

/** Venues of Turin seat more; both hold the largest meeting that Tables 3 and 6 ask for. */
const inPersonCapacity = (venue: Venue) => (venue.territory === 'TO' ? 25 : 15);

/** Last working day before the closure of 2020-02-24; in person, only the meetings of March came after it. */
const LAST_IN_PERSON = dayOf('2020-02-21');

/** The days on which a month's meetings are held; the first days leave room to register in the same month. */
function meetingDays(month: Month): Day[] {
  const text = isoMonth(month);
  const first = firstDayOfMonth(month);
  if (text === '2020-02') return workingDays(first + 2, LAST_IN_PERSON);
  // The report counts in-person meetings in March 2020 although they had stopped; the first week is likeliest.
  if (text === '2020-03') return workingDays(first + 2, first + 5);
  if (text === '2020-04') return workingDays(dayOf('2020-04-27'), lastDayOfMonth(month));
  const inMonth = month % 12;
  if (inMonth === 7)
    return workingDays(first + 2, lastDayOfMonth(month)).filter((day) => day < first + 9 || day > first + 20);
  if (inMonth === 11) return workingDays(first + 2, first + 20);
  return workingDays(inMonth === 0 ? first + 7 : first + 2, lastDayOfMonth(month));
}

/** How many take part in each of a month's meetings: somebody in each where there are enough, the rest by chance. */
function spread(rng: Rng, participants: number, capacities: readonly number[]): number[] {
  const inEach = capacities.map((_, index) => (index < participants ? 1 : 0));
  for (let left = participants - capacities.length; left > 0; left--) {
    const index = rng.weighted(capacities.map((capacity, meeting) => capacity - inEach[meeting]!));
    inEach[need(index, 'a free place in a meeting')]!++;
  }
  return inEach;
}

function monthAtVenue(
  rng: Rng,
  venue: Venue,
  month: Month,
  capacities: readonly number[],
  participants: number,
) {
  const times = venue.mode === 'phone' ? CALL_TIMES : GROUP_TIMES;
  const starts = meetingDays(month).flatMap((day) => times.map((minute) => wallClock(day, minute)));
  ensure(starts.length >= capacities.length, `enough days for the meetings of ${venue.code}`);
  const inEach = spread(rng, participants, capacities);
  return rng
    .shuffled(starts)
    .slice(0, capacities.length)
    .map((start, index) =>
      meetingAt(venue, start, { capacity: capacities[index]!, participants: inEach[index]!, held: true }),
    );
}

/** The meetings of 2020: as many as Table 6 counts, with as many participants as Table 3 counts. */
export function meetings2020(rng: Rng, catalogue: Catalogue, figures: ReportFigures): Meeting[] {
  let online = 0;
  const capacities = (venue: Venue, meetings: number, participants: number) =>
    Array.from({ length: meetings }, (_, index) => {
      if (venue.mode === 'online') return ONLINE_CAPACITIES[online++ % ONLINE_CAPACITIES.length]!;
      // Where participants outnumber a month's calls, two founders of one firm shared a call.
      return venue.mode === 'phone' ? (index < participants - meetings ? 2 : 1) : inPersonCapacity(venue);
    });
  return catalogue.venues.flatMap((venue) =>
    figures.months.flatMap((month, index) => {
      const meetings = need(figures.table6_meetings[venue.code]?.[index], `meetings of ${venue.code}`);
      const participants = need(figures.table3_participants[venue.code]?.[index], `people at ${venue.code}`);
      if (meetings === 0) return [];
      return monthAtVenue(
        rng,
        venue,
        monthOf(month),
        capacities(venue, meetings, participants),
        participants,
      );
    }),
  );
}

/** The meetings of one earlier month: all venues of the territory, or one while few people come. */
function earlierMonth(
  rng: Rng,
  venues: readonly Venue[],
  weights: readonly number[],
  month: Month,
  people: number,
) {
  const only = people < 8 ? rng.weighted(weights) : undefined;
  const shares =
    only === undefined
      ? apportion(people, weights)
      : weights.map((_, index) => (index === only ? people : 0));
  return venues.flatMap((venue, index) => {
    const participants = shares[index]!;
    const capacity = inPersonCapacity(venue);
    const meetings = Math.ceil(participants / (capacity * 0.75));
    return monthAtVenue(rng, venue, month, Array<number>(meetings).fill(capacity), participants);
  });
}

/** The in-person meetings of 2017 to 2019: participants of 2019 by territory as Table 5 counts them, the rest made up. */
export function earlierMeetings(rng: Rng, catalogue: Catalogue, figures: ReportFigures): Meeting[] {
  const by2019 = figures.table5_participants_by_year['2019'];
  const territories = catalogue.territories.map(({ code }) => code);
  const weights = territories.map((code) => need(by2019[code], `participants of ${code}`));
  const before = [...PARTICIPANTS_2017_2018.values()];
  const beforeByTerritory = apportion(
    before.reduce((a, b) => a + b, 0),
    weights,
  );
  return territories.flatMap((territory, index) => {
    const venues = catalogue.venues.filter(
      (venue) => venue.territory === territory && venue.mode === 'in_person',
    );
    // As busy as in January and February 2020, and nobody left out.
    const busy = venues.map(
      ({ code }) => 1 + (figures.table3_participants[code]?.slice(0, 2) ?? []).reduce((a, b) => a + b, 0),
    );
    const numbers = new Map([
      ...zip([...PARTICIPANTS_2017_2018.keys()], apportionOverTime(beforeByTerritory[index]!, before)),
      ...zip(
        [...PARTICIPANTS_BY_MONTH_2019.keys()],
        apportionOverTime(weights[index]!, [...PARTICIPANTS_BY_MONTH_2019.values()]),
      ),
    ]);
    return [...numbers].flatMap(([month, people]) => earlierMonth(rng, venues, busy, month, people));
  });
}

const zip = (months: readonly Month[], numbers: readonly number[]) =>
  months.map((month, index) => [month, numbers[index]!] as const);

/** The remote meetings of January to June 2021, for those who were still waiting; nothing of it is printed. */
export function meetings2021(
  rng: Rng,
  catalogue: Catalogue,
  byTerritory: ReadonlyMap<string, number>,
): Meeting[] {
  const months = [1, 2, 3, 4, 5, 6].map((month) => monthOf(`2021-0${month}`));
  return catalogue.territories.flatMap(({ code }) => {
    const venues = catalogue.venues.filter(
      ({ territory, mode }) => territory === code && mode !== 'in_person',
    );
    const people = apportion(byTerritory.get(code) ?? 0, [7, 5, 4, 3, 2, 1]);
    return months.flatMap((month, index) => {
      const participants = people[index]!;
      const venue = rng.pick(venues);
      const capacities =
        venue.mode === 'online'
          ? Array<number>(Math.ceil(participants / 6)).fill(10)
          : Array<number>(participants).fill(1);
      return monthAtVenue(rng, venue, month, capacities, participants);
    });
  });
}

/** Each meeting once for every one who takes part, in order of time. */
export function placesOf(meetings: readonly Meeting[]): Meeting[] {
  return [...meetings]
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
    .flatMap((meeting) => Array<Meeting>(meeting.participants).fill(meeting));
}

export const monthOfMeeting = (meeting: Meeting): Month => monthOfDay(romeDay(meeting.start));
