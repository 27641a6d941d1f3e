import { type Day, isoDay } from '#calendar';
import { apportion } from './apportion.js';
import { type DemoEvent, event } from './emit.js';
import { type Plan } from './plan.js';
import { ensure } from './plan.error.js';
import { type Rng } from './rng.js';
import { MINUTE, dayOf, isWorkingDay, wallClock } from './working-time.js';

interface DayOfTraffic {
  readonly day: Day;
  readonly uniquePageViews: number;
  readonly visits: number;
  readonly homeEntrances: number;
}

/** Pages seen on the day of the peak; the printed 1,617 visits saw one and a half each. */
const PEAK_PAGE_VIEWS = 2426;
/** Days after the reopening on which more people than usual still came, as multiples of a usual day. */
const AFTER_PEAK = [5, 4, 3.5, 3, 2, 2, 2.5, 2, 2, 1.5];
/** The share of visits that began on the home page in 2019; only that of 2020 is printed. */
const HOME_SHARE_2019 = 0.7;

function weightOf(rng: Rng, day: Day, peak: Day): number {
  const usual = (isWorkingDay(day) ? 10 : 4) * (0.75 + rng.next() / 2);
  return usual * (AFTER_PEAK[day - peak - 1] ?? 1);
}

function trafficOfYear(rng: Rng, plan: Plan, year: '2019' | '2020'): DayOfTraffic[] {
  const { unique_page_views, home_page_entrances_2020, peak } = plan.figures.web_traffic;
  const peakDay = dayOf(peak.date);
  const first = dayOf(`${year}-01-01`);
  const days = Array.from({ length: dayOf(`${year}-12-31`) - first + 1 }, (_, index) => first + index);
  const inPeak = year === '2020' ? PEAK_PAGE_VIEWS : 0;
  const weights = days.map((day) => (day === peakDay ? 0 : weightOf(rng, day, peakDay)));
  const views = apportion(unique_page_views[year] - inPeak, weights);
  const visits = days.map((day, index) =>
    day === peakDay ? peak.visits : Math.floor(views[index]! * (0.6 + rng.next() / 12)),
  );
  const allVisits = visits.reduce((a, b) => a + b, 0);
  const home = year === '2020' ? home_page_entrances_2020 : Math.floor(allVisits * HOME_SHARE_2019);
  const entrances = apportion(home, visits);
  return days.map((day, index) => {
    const uniquePageViews = day === peakDay ? inPeak : views[index]!;
    ensure(entrances[index]! <= visits[index]! && visits[index]! <= uniquePageViews, 'visits fit page views');
    return { day, uniquePageViews, visits: visits[index]!, homeEntrances: entrances[index]! };
  });
}

/** One fact a day, sent before midnight so that the last day of the year belongs to the state of that year. */
function asEvent(rng: Rng, traffic: DayOfTraffic, part = 1): DemoEvent {
  const { day, ...counts } = traffic;
  const time = wallClock(day, 23 * 60 + 45);
  const share = (count: number) => Math.floor(count * part);
  return event('web-traffic', {
    id: part === 1 ? isoDay(day) : `${isoDay(day)}-partial`,
    time,
    recorded: time + rng.between(1, 9) * MINUTE,
    data: {
      date: isoDay(day),
      uniquePageViews: share(counts.uniquePageViews),
      visits: share(counts.visits),
      homeEntrances: share(counts.homeEntrances),
    },
  });
}

/** Days whose counting broke off: part of them was sent in the evening, all of them some days later. */
const RESTATED = ['2019-05-07', '2019-11-19', '2020-02-12', '2020-06-23', '2020-10-08'];

/** The web traffic of every day of 2019 and 2020, with the printed totals and the printed peak. */
export function webTrafficEvents(plan: Plan): DemoEvent[] {
  const rng = plan.rng.part('web-traffic');
  return (['2019', '2020'] as const).flatMap((year) =>
    trafficOfYear(rng, plan, year).flatMap((traffic) => {
      const whole = asEvent(rng, traffic);
      if (!RESTATED.includes(isoDay(traffic.day))) return [whole];
      const restated = new Date(wallClock(traffic.day + 3, 11 * 60)).toISOString();
      return [asEvent(rng, traffic, 0.6), { ...whole, recordedtime: restated }];
    }),
  );
}
