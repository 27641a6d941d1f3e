import { type Instant, isoDay, romeDay } from '#calendar';
import { EVENT_TYPES, type EventVersion } from './registry.js';
import { type Retracted } from './types/retracted.event.js';

/** What decides where a fact stands; incoming events and facts alike. */
export interface Placed {
  readonly type: string;
  readonly subject?: string;
  readonly time: Instant;
  readonly data: object;
}

/**
 * The stream that a fact stands in, the scope of its idempotency key: `journey-<subject>`, `meeting-<subject>` or
 * `<name>-<Rome day of its time>`. A retraction stands with its journey or meeting, else in the stream of its own day.
 *
 * @throws RangeError for a type that is not known
 */
export function streamOf(fact: Placed): string {
  const version = known(fact.type);
  if (fact.subject === undefined) return `${version.name}-${isoDay(romeDay(fact.time))}`;
  if (version.subject === 'target') return targetStream(fact);
  return `${version.subject}-${fact.subject}`;
}

/**
 * The stream of the event that a retraction takes back. That of a subjectless one is told by its `data.type` and
 * `data.day`; with a subject it is a journey's unless `data.type` says a meeting's.
 *
 * @throws RangeError for a type that is not known
 */
export function targetStream({ subject, data }: Pick<Placed, 'subject' | 'data'>): string {
  const { type, day } = data as Partial<Retracted>;
  if (subject === undefined) return `${known(type ?? 'left out').name}-${day}`;
  const isMeeting = type !== undefined && known(type).subject === 'meeting';
  return `${isMeeting ? 'meeting' : 'journey'}-${subject}`;
}

/** What a fact is about: its own stream, for a retraction that of the event taken back. Both are in one group. */
export function groupOf(fact: Placed): string {
  return known(fact.type).subject === 'target' ? targetStream(fact) : streamOf(fact);
}

function known(type: string): EventVersion {
  const version = EVENT_TYPES.get(type);
  if (!version) throw new RangeError(`there is no event type ${type}`);
  return version;
}
