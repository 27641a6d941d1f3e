import { isoInstant, type Instant } from '#calendar';
import { canonicalJson } from '#catalogue/canonical-json';
import { type Fact, type JsonObject } from './fact.js';
import { type IncomingEvent } from './incoming-event.js';

/** The fact that an event becomes when it is taken. */
export function toFact(event: IncomingEvent, times: { recorded: Instant; accepted: Instant }): Fact {
  const { source, id, type, subject, time, data, attributes } = event;
  return {
    source,
    id,
    type,
    ...(subject === undefined ? {} : { subject }),
    time,
    recorded: times.recorded,
    accepted: times.accepted,
    data,
    ...(attributes === undefined ? {} : { attributes }),
  };
}

type Content = Pick<Fact, 'type' | 'time' | 'data'>;

/** Whether two events of one key say the same, however their times and their data are written. */
export function sameContent(one: Content, other: Content): boolean {
  return (
    one.type === other.type &&
    one.time === other.time &&
    (one.data === other.data || canonicalJson(one.data) === canonicalJson(other.data))
  );
}

/**
 * The fact as the CloudEvent that is given back: instants in UTC, both times of the system always there, data as sent.
 *
 * @param position the log's token of the fact's place, added as the attribute `position`
 */
export function toCloudEvent(fact: Fact, position?: string): JsonObject {
  return {
    specversion: '1.0',
    id: fact.id,
    source: fact.source,
    type: fact.type,
    ...(fact.subject === undefined ? {} : { subject: fact.subject }),
    time: isoInstant(fact.time),
    recordedtime: isoInstant(fact.recorded),
    acceptedtime: isoInstant(fact.accepted),
    ...(position === undefined ? {} : { position }),
    ...fact.attributes,
    data: fact.data,
  };
}

/** The fact in RFC 8785 canonical JSON, its times included and its place in a log not: the same on every log. */
export function canonicalFact(fact: Fact): string {
  return canonicalJson(toCloudEvent(fact));
}
