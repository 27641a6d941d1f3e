import { FORWARDS, type RecordedEvent } from '@eventstore/db-client';
import { isStreamNotFound } from './client-failure.js';
import { type Connections } from './connection.js';
import { EventStream } from './event-stream.js';

export interface StreamRange {
  /** The first revision; from the start when absent. */
  readonly from?: number;
  readonly count?: number;
}

/**
 * The events of a stream in order; none when there is no such stream, or it was (softly) deleted. One try: fails with
 * the errors of the client and with `TimeLimitError`.
 */
export async function readEvents(
  connections: Connections,
  stream: string,
  { from = 0, count }: StreamRange,
  limitMs: number,
): Promise<RecordedEvent[]> {
  const options = {
    direction: FORWARDS,
    fromRevision: BigInt(from),
    ...(count === undefined ? {} : { maxCount: count }),
  } as const;
  try {
    return await EventStream.read(
      connections,
      ({ client }) => client.readStream(stream, options),
      async (events) => {
        const found: RecordedEvent[] = [];
        for await (const { event } of events.source) {
          events.alive();
          if (event) found.push(event);
        }
        return found;
      },
      limitMs,
    );
  } catch (error) {
    if (isStreamNotFound(error)) return [];
    throw error;
  }
}
