import { setTimeout as sleep } from 'node:timers/promises';
import { type EventLog, formatPosition, type LogPosition } from '#event-log';
import { ProblemError } from '#http';

const WAIT_MS = 5000;
const POLL_MS = 50;

/**
 * Where the log stands, once it has reached a position.
 *
 * @throws ProblemError `not-caught-up` when it has not within five seconds
 */
export async function headOf(log: EventLog, after: LogPosition | undefined): Promise<LogPosition> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const head = await log.head();
    if (after === undefined || head >= after) return head;
    if (Date.now() >= deadline) {
      throw new ProblemError(
        'not-caught-up',
        `The log stands at ${formatPosition(head)}, not yet at ${after}.`,
      );
    }
    await sleep(POLL_MS);
  }
}
