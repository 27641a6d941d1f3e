import {
  type Day,
  type Instant,
  type Month,
  firstDayOfMonth,
  isoDay,
  lastDayOfMonth,
  monthOfDay,
  parseDay,
  romeDay,
  startOfDay,
} from '#calendar';
import { ensure, need } from './plan.error.js';
import { type Rng } from './rng.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** 24 hours; a calendar day of Rome may have 23 or 25. */
export const DAY = 24 * HOUR;

/** Public holidays that come every year on the same date, as `MM-DD`. */
const FIXED_HOLIDAYS = new Set([
  '01-01',
  '01-06',
  '04-25',
  '05-01',
  '06-02',
  '08-15',
  '11-01',
  '12-08',
  '12-25',
  '12-26',
]);
const EASTER_MONDAYS = new Set(['2017-04-17', '2018-04-02', '2019-04-22', '2020-04-13', '2021-04-05']);

export function dayOf(text: string): Day {
  return need(parseDay(text), `the day ${text}`);
}

/** The month written as `YYYY-MM`. */
export function monthOf(text: string): Month {
  return monthOfDay(dayOf(`${text}-01`));
}

const known = new Map<Day, boolean>();

/** Monday to Friday and no public holiday. */
export function isWorkingDay(day: Day): boolean {
  let working = known.get(day);
  if (working === undefined) known.set(day, (working = looksLikeWorkingDay(day)));
  return working;
}

function looksLikeWorkingDay(day: Day): boolean {
  // 1970-01-01 was a Thursday; 0 and 6 are Sunday and Saturday.
  const weekday = (day + 4) % 7;
  const text = isoDay(day);
  return weekday !== 0 && weekday !== 6 && !FIXED_HOLIDAYS.has(text.slice(5)) && !EASTER_MONDAYS.has(text);
}

export function workingDays(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day++) if (isWorkingDay(day)) days.push(day);
  return days;
}

export function lastWorkingDay(month: Month): Day {
  return need(workingDays(firstDayOfMonth(month), lastDayOfMonth(month)).at(-1), 'a working day');
}

/**
 * The instant at which a clock in Rome shows the minute of the day. The clocks change before 03:00, so counting back
 * from the next midnight is right on every day, as long as the minute is not before 03:00.
 */
export function wallClock(day: Day, minute: number): Instant {
  ensure(minute >= 180, 'a time of day after the hour in which clocks change');
  return startOfDay(day + 1) - (24 * 60 - minute) * MINUTE;
}

/** A moment of office hours (09:00 to 17:45) on a working day in [from, to]. */
export function officeMoment(rng: Rng, from: Day, to: Day): Instant {
  const days = workingDays(from, to);
  ensure(days.length > 0, `a working day from ${isoDay(from)} to ${isoDay(to)}`);
  return wallClock(rng.pick(days), 9 * 60 + 5 * rng.between(0, 105));
}

/** A moment in [from, to], between 07:00 and 23:00 where the range has room for that. */
export function wakingMoment(rng: Rng, from: Instant, to: Instant): Instant {
  ensure(from <= to, 'a range of time that does not end before it begins');
  for (let attempt = 0; attempt < 20; attempt++) {
    const day = rng.between(romeDay(from), romeDay(to));
    const moment = wallClock(day, rng.between(7 * 60, 23 * 60)) + rng.between(0, 59) * 1000;
    if (moment >= from && moment <= to) return moment;
  }
  return from + Math.floor((rng.next() * (to - from)) / 1000) * 1000;
}
