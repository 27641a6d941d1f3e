import { isoDay, romeDay } from '#calendar';
import { type EventError, type IncomingEvent, sameContent, targetStream, typeName } from '#events';
import { FactIndex } from './fact-index.js';
import { sizeError } from './fact-size.js';
import { type KnownFact, type StreamState } from './stream-state.js';

/** What is to be done with an event. */
export type Verdict =
  | {
      readonly kind: 'new';
      /** What will be known of it. */
      readonly fact: KnownFact;
      /** In another stream, and to be durable first: what a retraction takes back. */
      readonly after?: KnownFact;
    }
  | { readonly kind: 'duplicate'; readonly of: KnownFact }
  | { readonly kind: 'conflict'; readonly errors: readonly EventError[] }
  | {
      readonly kind: 'wrong';
      readonly errors: readonly EventError[];
      /** The stream in which an event to be taken back is missing. */
      readonly missingIn?: string;
    }
  /** The id is known, but not what was said under it: the stream has to be read. */
  | { readonly kind: 'unread'; readonly stream: string };

/** An event and its own stream, which is worked out once. */
export interface PlacedEvent {
  readonly event: IncomingEvent;
  readonly stream: string;
}

/** The stream besides its own that has to be known to decide about an event. */
export function otherStreamFor({ event, stream }: PlacedEvent): string | undefined {
  if (event.name !== 'retracted') return undefined;
  const target = targetStream(event);
  return target === stream ? undefined : target;
}

/** Streams as they are, and on top of them what earlier events of the same request will add. */
class Surroundings {
  private readonly added = new Map<string, FactIndex>();

  constructor(private readonly states: ReadonlyMap<string, StreamState>) {}

  find(stream: string, key: Pick<KnownFact, 'source' | 'id'>): KnownFact | undefined {
    return this.states.get(stream)?.facts.find(key) ?? this.added.get(stream)?.find(key);
  }

  add(stream: string, fact: KnownFact): void {
    const there = this.added.get(stream);
    const facts = there ?? new FactIndex();
    if (!there) this.added.set(stream, facts);
    facts.add(fact);
  }
}

/**
 * Decides about the events of a request in their order: which are new, known, in conflict with what is known, or
 * take back what cannot be taken back. Each counts as being there for those after it unless it is refused.
 *
 * @param states of the own stream of each, and of those that `otherStreamFor` names
 * @param maxBytes of a fact as JSON, as the log takes them
 */
export function decide(
  events: readonly PlacedEvent[],
  states: ReadonlyMap<string, StreamState>,
  maxBytes: number,
): Verdict[] {
  const around = new Surroundings(states);
  return events.map(({ event, stream }) => {
    const known = around.find(stream, event);
    if (known) return compare(event, stream, known);
    const tooLarge = sizeError(event, maxBytes);
    if (tooLarge) return { kind: 'wrong', errors: [tooLarge] };
    const fact = newFact(event);
    const verdict =
      event.name === 'retracted'
        ? decideRetraction(event, stream, fact, around)
        : ({ kind: 'new', fact } as const);
    if (verdict.kind === 'new') around.add(stream, fact);
    return verdict;
  });
}

/** What will be known of an event that is taken. */
export function newFact({ source, id, type, time, data }: IncomingEvent): KnownFact {
  return { source, id, type, time, data, position: undefined, recorded: 0, underWay: undefined };
}

function compare(event: IncomingEvent, stream: string, known: KnownFact): Verdict {
  const { type, time, data } = known;
  if (data === undefined) return { kind: 'unread', stream };
  return sameContent(event, { type, time, data }) ? { kind: 'duplicate', of: known } : conflict(event, known);
}

function conflict(event: IncomingEvent, known: KnownFact): Verdict {
  const other = event.type !== known.type ? 'type' : event.time !== known.time ? 'time' : 'data';
  const detail = `${JSON.stringify(event.id)} of ${JSON.stringify(event.source)} is known with another ${other}`;
  return { kind: 'conflict', errors: [{ pointer: '/id', detail }] };
}

function decideRetraction(
  event: IncomingEvent,
  stream: string,
  fact: KnownFact,
  around: Surroundings,
): Verdict {
  const { source, id } = event.data as { source: string; id: string };
  const place = targetStream(event);
  const target = around.find(place, { source, id });
  if (!target) {
    const detail = `there is no event ${JSON.stringify(id)} of ${JSON.stringify(source)} in ${place}`;
    return { kind: 'wrong', errors: [{ pointer: '/data/id', detail }], missingIn: place };
  }
  const errors = disagreements(event, target);
  if (errors.length > 0) return { kind: 'wrong', errors };
  const isDurable = target.position !== undefined || place === stream;
  return { kind: 'new', fact, ...(isDurable ? {} : { after: target }) };
}

/** What a retraction says about its target that is not so. */
function disagreements(event: IncomingEvent, target: KnownFact): EventError[] {
  const { type, day, id } = event.data;
  if (typeName(target.type) === 'retracted') {
    return [
      { pointer: '/data/id', detail: `${JSON.stringify(id)} is a retraction, which cannot be taken back` },
    ];
  }
  const errors: EventError[] = [];
  if (type !== undefined && type !== target.type) {
    errors.push({ pointer: '/data/type', detail: `the event taken back is of type ${target.type}` });
  }
  const targetDay = isoDay(romeDay(target.time));
  if (day !== undefined && day !== targetDay) {
    errors.push({ pointer: '/data/day', detail: `the event taken back is of ${targetDay}` });
  }
  return errors;
}
