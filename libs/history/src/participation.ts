import { type Instant, type Month, endOfDay, firstDayOfMonth, lastDayOfMonth, startOfDay } from '#calendar';
import { type Journey } from './journey.js';
import { type Meeting, type MeetingBook } from './meeting-book.js';
import { type Rng } from './rng.js';
import { DAY, HOUR, MINUTE, wakingMoment } from './working-time.js';

/** When somebody registered who registered in the month, at the latest at the given moment. */
export function registrationMoment(rng: Rng, month: Month, latest = Infinity): Instant {
  const end = endOfDay(lastDayOfMonth(month)) - HOUR;
  return wakingMoment(rng, startOfDay(firstDayOfMonth(month)), Math.min(end, latest));
}

/** The latest moment at which somebody can have registered who took part in the meeting. */
export const latestRegistration = (meeting: Meeting): Instant => meeting.start - 16 * HOUR;

/** When a place is booked: soon after registering where the meeting is near, else in the weeks before it. */
function bookingMoment(rng: Rng, ready: Instant, meeting: Meeting): Instant {
  const lead = (meeting.venue.mode === 'in_person' ? 21 : 12) * DAY;
  const latest = meeting.start - 2 * HOUR;
  const near = meeting.start - ready <= lead;
  return near
    ? Math.min(ready + rng.between(3, 20) * MINUTE, latest)
    : wakingMoment(rng, meeting.start - lead, latest - 12 * HOUR);
}

/** Books a place and loses it again, by cancelling or by not coming. */
export function losePlace(
  rng: Rng,
  journey: Journey,
  meeting: Meeting,
  ready: Instant,
  how: 'cancelled' | 'absent',
) {
  const booked = bookingMoment(rng, ready, meeting);
  journey.book(meeting, booked);
  if (how === 'absent') {
    meeting.expected++;
    journey.miss(meeting);
  } else {
    const latest = Math.max(meeting.start - 3 * HOUR, booked + MINUTE);
    journey.cancel(meeting, wakingMoment(rng, Math.min(booked + 5 * MINUTE, latest), latest));
  }
}

/**
 * Books a place in the meeting, at the earliest at `notBefore`, and takes part; some of those with time for it lost
 * an earlier place.
 */
export function takePart(
  rng: Rng,
  book: MeetingBook,
  journey: Journey,
  meeting: Meeting,
  notBefore = 0,
): void {
  let ready = Math.max(journey.lastStep, notBefore);
  if (meeting.start - ready > 20 * DAY && rng.chance(0.3)) {
    const first = book.appointment(rng, journey.territory, ready + DAY, meeting.start - 6 * DAY);
    if (first) {
      losePlace(rng, journey, first, ready, rng.chance(0.6) ? 'cancelled' : 'absent');
      ready = first.start + 3 * HOUR;
    }
  }
  journey.book(meeting, bookingMoment(rng, ready, meeting));
  journey.attend(meeting);
}

/** Somebody who never took part: did not book, cancelled, or did not come. */
export function stayAway(rng: Rng, book: MeetingBook, journey: Journey, until: Instant): void {
  const how = rng.chance(0.4) ? undefined : rng.chance(0.42) ? 'cancelled' : 'absent';
  if (!how) return;
  const ready = journey.lastStep;
  const meeting = book.appointment(rng, journey.territory, ready + DAY, Math.min(ready + 75 * DAY, until));
  if (meeting) losePlace(rng, journey, meeting, ready, how);
}
