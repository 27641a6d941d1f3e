import { setTimeout as pause } from 'node:timers/promises';
import { type AppendOutcome, type AppendRequest, type EventLog, EventLogError } from '#event-log';

const TRIES = 6;
const FIRST_PAUSE_MS = 50;
/** A log may itself have tried for long before it gave up: whoever waits has to be told in time. */
const PATIENCE_MS = 8_000;

/** Appends, and repeats the identical append while its outcome is not known. */
export function appendSurely(log: Pick<EventLog, 'append'>, request: AppendRequest): Promise<AppendOutcome> {
  const giveUp = Date.now() + PATIENCE_MS;
  return log.append(request).catch((error: unknown) => repeat(log, request, error, giveUp));
}

async function repeat(
  log: Pick<EventLog, 'append'>,
  request: AppendRequest,
  firstError: unknown,
  giveUp: number,
): Promise<AppendOutcome> {
  let error = firstError;
  for (let attempt = 1; ; attempt += 1) {
    const isUnknown = error instanceof EventLogError && error.code === 'outcome-unknown';
    if (!isUnknown || attempt === TRIES || Date.now() >= giveUp) throw error;
    await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    try {
      return await log.append(request);
    } catch (next) {
      error = next;
    }
  }
}
