import { type Instant, isoDay, romeDay } from '#calendar';
import { type Venue } from '#catalogue';
import { ensure } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, officeMoment } from './working-time.js';

/** A pre-reception meeting, or an appointment for a call that nobody answered (`held` is false then). */
export interface Meeting {
  readonly id: string;
  readonly venue: Venue;
  readonly start: Instant;
  readonly capacity: number;
  /** How many take part. */
  readonly participants: number;
  readonly held: boolean;
  /** Who takes part and who is expected in vain. */
  expected: number;
}

/** A meeting of the venue; its id tells venue and beginning. */
export function meetingAt(
  venue: Venue,
  start: Instant,
  size: { capacity: number; participants: number; held: boolean },
): Meeting {
  const clock = new Date(start).toISOString().slice(11, 16).replace(':', '');
  return {
    id: `${venue.code}-${isoDay(romeDay(start))}-${clock}Z`,
    venue,
    start,
    expected: size.participants,
    ...size,
  };
}

/** All meetings of the history, and the places in them that are still free. */
export class MeetingBook {
  private readonly byTerritory = new Map<string, Meeting[]>();
  private readonly ids = new Set<string>();

  constructor(
    meetings: readonly Meeting[],
    private readonly phoneVenues: readonly Venue[],
    private readonly phoneSince: Instant,
  ) {
    for (const meeting of meetings) this.enter(meeting);
  }

  private enter(meeting: Meeting): void {
    ensure(!this.ids.has(meeting.id), `two meetings called ${meeting.id}`);
    this.ids.add(meeting.id);
    const { territory } = meeting.venue;
    const others = this.byTerritory.get(territory);
    if (others) others.push(meeting);
    else this.byTerritory.set(territory, [meeting]);
  }

  all(): Meeting[] {
    return [...this.byTerritory.values()].flat();
  }

  /** A place in a meeting of the territory that begins in [from, to]: free in a group, or a call of its own. */
  appointment(rng: Rng, territory: string, from: Instant, to: Instant): Meeting | undefined {
    const free = (this.byTerritory.get(territory) ?? []).filter(
      ({ start, expected, capacity }) => start >= from && start <= to && expected < capacity,
    );
    return free.length > 0 ? rng.pick(free) : this.call(rng, territory, Math.max(from, this.phoneSince), to);
  }

  private call(rng: Rng, territory: string, from: Instant, to: Instant): Meeting | undefined {
    const venues = this.phoneVenues.filter((venue) => venue.territory === territory);
    if (venues.length === 0 || to - from < 7 * DAY) return undefined;
    const start = officeMoment(rng, romeDay(from) + 1, romeDay(to) - 1);
    const meeting = meetingAt(rng.pick(venues), start, { capacity: 1, participants: 0, held: false });
    if (this.ids.has(meeting.id)) return undefined;
    this.enter(meeting);
    return meeting;
  }
}
