import { type EventError, type IncomingEvent, toFact } from '#events';

/** No instant takes more digits. */
const LATEST = 8.64e15;

/**
 * What is wrong with an event of which the log would not take the fact.
 *
 * @param maxBytes of the fact as JSON
 */
export function sizeError(event: IncomingEvent, maxBytes: number): EventError | undefined {
  if (maxBytes === Infinity) return undefined;
  const bytes = Buffer.byteLength(JSON.stringify(toFact(event, { recorded: LATEST, accepted: LATEST })));
  if (bytes <= maxBytes) return undefined;
  return { detail: `the event takes ${bytes} bytes as JSON, and the log takes at most ${maxBytes}` };
}
