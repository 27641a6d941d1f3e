import { type Fact } from '#events';
import { EventLogError } from './event-log.error.js';
import { type AppendRequest, type LogPosition, NO_STREAM } from './event-log.port.js';

/** Fails with `invalid` on text that UTF-8 cannot hold: it would come back changed. */
function requireText(name: string, text: string): void {
  if (!text.isWellFormed()) throw new EventLogError('invalid', `${name} holds half a surrogate pair`);
}

function requireInstant(name: string, instant: number): void {
  if (!Number.isSafeInteger(instant)) {
    throw new EventLogError('invalid', `${name} is no whole number of milliseconds: ${instant}`);
  }
}

/** Fails with `invalid` on a fact that a log could not give back unchanged. */
export function requireStorable(fact: Fact): void {
  requireText('source', fact.source);
  requireText('type', fact.type);
  requireText('id', fact.id);
  if (fact.subject !== undefined) requireText('subject', fact.subject);
  requireInstant('time', fact.time);
  requireInstant('recorded', fact.recorded);
  requireInstant('accepted', fact.accepted);
}

/** Gives the request back; fails with `invalid` when it can never succeed. */
export function requireAppend(request: AppendRequest): AppendRequest {
  const { stream, expectedRevision, facts } = request;
  if (facts.length === 0) throw new EventLogError('invalid', 'an append needs at least one fact');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new EventLogError('invalid', `no revision can be expected to be ${expectedRevision}`);
  }
  requireText('stream', stream);
  return request;
}

/** Fails with `invalid` on what is no range of positions or no number of facts. */
export function requirePage(after: LogPosition, upTo: LogPosition, size: number): void {
  if (!Number.isSafeInteger(after) || after < 0 || !Number.isSafeInteger(upTo) || upTo < 0) {
    throw new EventLogError('invalid', `no range of positions: after ${after}, up to ${upTo}`);
  }
  if (!Number.isSafeInteger(size) || size < 1) throw new EventLogError('invalid', `no page size: ${size}`);
}
