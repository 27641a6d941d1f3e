import { type Instant, isoInstant } from '#calendar';
import { type FactName, type JsonObject, STAGE_ORDER, fullType } from '#events';
import { recordedAt } from './delays.js';
import { type DraftFact, type Journey } from './journey.js';
import { type Meeting } from './meeting-book.js';
import { ensure } from './plan.error.js';
import { type Rng } from './rng.js';
import { sourceOf } from './sources.js';
import { HOUR, MINUTE } from './working-time.js';

/** An event of the synthetic history: a CloudEvent with its recorded time, ready for an import. */
export interface DemoEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly data: JsonObject;
}

/** One event; `source` follows from the type unless it is given. */
export function event(
  name: FactName,
  fields: {
    id: string;
    subject?: string;
    time: Instant;
    recorded: Instant;
    data: JsonObject;
    source?: string;
  },
): DemoEvent {
  ensure(fields.recorded >= fields.time, `${fields.id} is recorded before it happens`);
  return {
    specversion: '1.0',
    id: fields.id,
    source: fields.source ?? sourceOf(name),
    type: fullType(name),
    ...(fields.subject === undefined ? {} : { subject: fields.subject }),
    time: isoInstant(fields.time),
    recordedtime: isoInstant(fields.recorded),
    data: fields.data,
  };
}

/** The retraction of a journey's or meeting's event, decided an hour before it is recorded. */
export function retraction(of: DemoEvent, id: string, noticed: Instant, reason: string): DemoEvent {
  return event('retracted', {
    id,
    source: of.source,
    subject: of.subject!,
    time: noticed - HOUR,
    recorded: noticed,
    data: { source: of.source, id: of.id, reason, type: of.type },
  });
}

/** The facts of a journey as events, with the slips among them taken back and put right. */
export function journeyEvents(rng: Rng, journey: Journey): DemoEvent[] {
  return [...journey.facts]
    .sort((a, b) => a.time - b.time || STAGE_ORDER.indexOf(a.name) - STAGE_ORDER.indexOf(b.name))
    .flatMap((fact, index) =>
      factEvents(rng, journey.id, fact, `${journey.id}-${String(index + 1).padStart(2, '0')}`),
    );
}

function factEvents(rng: Rng, subject: string, fact: DraftFact, id: string): DemoEvent[] {
  const { name, time, data, slip } = fact;
  const recorded = fact.recorded ?? recordedAt(rng, name, time);
  if (!slip) return [event(name, { id, subject, time, recorded, data })];
  ensure(slip.noticed > recorded, `the slip of ${id} is noticed before it is recorded`);
  const first = event(name, { id, subject, time, recorded, data: slip.sentFirst });
  const back = retraction(first, `${id}-r`, slip.noticed, slip.reason);
  if (!slip.sentAgain) return [first, back];
  return [first, back, event(name, { id: `${id}-c`, subject, time, recorded: slip.noticed + MINUTE, data })];
}

/** The meetings that took place. */
export function meetingEvents(rng: Rng, meetings: readonly Meeting[]): DemoEvent[] {
  return meetings
    .filter(({ held }) => held)
    .map(({ id, venue, start, capacity }) =>
      event('meeting-held', {
        id: `${id}-held`,
        subject: id,
        time: start,
        recorded: recordedAt(rng, 'meeting-held', start),
        data: { venue: venue.code, capacity },
      }),
    );
}
