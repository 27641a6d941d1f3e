import { type Position } from '@eventstore/db-client';
import { EventLogError } from '../event-log.error.js';
import { type LogPosition, LOG_START } from '../event-log.port.js';

function safe(bytes: bigint): LogPosition {
  const position = Number(bytes);
  if (Number.isSafeInteger(position)) return position;
  throw new EventLogError('corrupt', `the position ${bytes} of EventStoreDB is too large for this program`);
}

/** The log's position of an event: its commit position in bytes. Fails with `corrupt` beyond 2^53. */
export function positionOf({ commit }: Position): LogPosition {
  return safe(commit);
}

/** From where to read to see everything after a position (and the event at it). */
export function startAt(position: LogPosition): Position | 'start' {
  if (position === LOG_START) return 'start';
  return { commit: BigInt(position), prepare: BigInt(position) };
}

/**
 * The same where nothing begins at the position: earlier versions wrote down the byte before where a checkpoint stood
 * (docs/decisions/0002).
 */
export function startBehind(position: LogPosition): Position {
  return { commit: BigInt(position) + 1n, prepare: 0n };
}
