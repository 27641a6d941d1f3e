import { type Day, firstDayOfMonth, isoDay, lastDayOfMonth, romeDay } from '#calendar';
import { type DemoEvent, event } from './emit.js';
import { type Plan } from './plan.js';
import { type Rng } from './rng.js';
import { DAY, MINUTE, monthOf, wallClock, workingDays } from './working-time.js';

type Channel = 'phone' | 'chatbot';
/** Opening hours of a weekday, in hours of the day. */
type Hours = readonly [number, number];

/**
 * Made-up opening hours with the printed weekly sums: Monday to Thursday and Friday. 44 hours a week on the phone
 * in 2019; in 2020 24 on the phone and 21 on the chatbot.
 */
export const DESK_HOURS: Readonly<Record<string, { mondayToThursday: Hours; friday: Hours }>> = {
  'phone 2019': { mondayToThursday: [9, 18], friday: [9, 17] },
  'phone 2020': { mondayToThursday: [9, 14], friday: [9, 13] },
  'chatbot 2020': { mondayToThursday: [14, 18], friday: [13, 18] },
};

const OTHER_TOPICS = ['booking', 'funding', 'web_access', 'status', 'other'];
/** More than the "over 80 %" of the report in every month and channel. */
const INFORMATION_PCT = 83;
const SHORTEST_CALL = 30;

/** Seconds of so many calls whose mean is exactly `mean`: each call has a twin as much longer as it is shorter. */
function durations(rng: Rng, count: number, mean: number): number[] {
  const all: number[] = count % 2 === 1 ? [mean] : [];
  while (all.length < count) {
    const away = Math.floor(rng.next() * rng.next() * (mean - SHORTEST_CALL));
    all.push(mean - away, mean + away);
  }
  return rng.shuffled(all);
}

function topics(rng: Rng, count: number): string[] {
  const information = Math.ceil((INFORMATION_PCT * count) / 100);
  return rng.shuffled(
    Array.from({ length: count }, (_, index) =>
      index < information ? 'programme_information' : rng.pick(OTHER_TOPICS),
    ),
  );
}

function deskMoment(rng: Rng, days: readonly Day[], desk: string): number {
  const day = rng.pick(days);
  const { mondayToThursday, friday } = DESK_HOURS[desk]!;
  const [from, to] = (day + 4) % 7 === 5 ? friday : mondayToThursday;
  return wallClock(day, rng.between(from * 60, to * 60 - 20)) + rng.between(0, 59) * 1000;
}

function contactsOfMonth(
  rng: Rng,
  month: string,
  channel: Channel,
  count: number,
  meanSeconds: number,
): DemoEvent[] {
  const first = firstDayOfMonth(monthOf(month));
  const days = workingDays(first, lastDayOfMonth(monthOf(month)));
  const seconds = durations(rng, count, meanSeconds);
  const about = topics(rng, count);
  const times = Array.from({ length: count }, () => deskMoment(rng, days, `${channel} ${month.slice(0, 4)}`));
  return times
    .sort((a, b) => a - b)
    .map((time, index) =>
      event('contact-handled', {
        id: `${channel}-${month}-${String(index + 1).padStart(3, '0')}`,
        time,
        // Entered when it is over; a chat has no measured duration.
        recorded: time + (channel === 'phone' ? seconds[index]! * 1000 : 0) + rng.between(1, 9) * MINUTE,
        data: {
          channel,
          ...(channel === 'phone' ? { durationSeconds: seconds[index]! } : {}),
          topic: about[index]!,
        },
      }),
    );
}

/** Every contact of Table 1, with the mean minutes of a call and the share of information requests that the text has. */
export function contactEvents(plan: Plan): DemoEvent[] {
  const rng = plan.rng.part('contacts');
  const { '2020-01..2020-04': long, otherwise } = plan.figures.prose.mean_call_minutes;
  const events = (['2019', '2020'] as const).flatMap((year) =>
    Object.entries(plan.figures.table1_contacts[year]).flatMap(([channel, counts]) =>
      counts.flatMap((count, index) => {
        const month = `${year}-${String(index + 1).padStart(2, '0')}`;
        const minutes = month >= '2020-01' && month <= '2020-04' ? long! : otherwise!;
        return contactsOfMonth(rng, month, channel as Channel, count, minutes * 60);
      }),
    ),
  );
  return [...events, ...countedTwice(rng, events)];
}

/** Two calls that were entered twice, and the second entries taken back the next day. */
function countedTwice(rng: Rng, events: readonly DemoEvent[]): DemoEvent[] {
  const calls = events.filter(
    ({ time, data }) => time > '2020-05' && time < '2020-11' && data['channel'] === 'phone',
  );
  return [0, 1].flatMap(() => {
    const call = rng.pick(calls);
    const twin: DemoEvent = { ...call, id: `${call.id}-twin` };
    const noticed = Date.parse(call.recordedtime) + DAY;
    const day = isoDay(romeDay(Date.parse(call.time)));
    const data = { source: call.source, id: twin.id, reason: 'duplicate', type: call.type, day };
    return [
      twin,
      event('retracted', { id: `${twin.id}-r`, source: call.source, time: noticed, recorded: noticed, data }),
    ];
  });
}
