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

/**
 * The log's position of a checkpoint. One whose prepare position lies before its commit position stands before whatever
 * begins there, so it becomes the byte before; no event begins on that one.
 */
export function checkpointOf({ commit, prepare }: Position): LogPosition {
  return safe(prepare < commit ? commit - 1n : commit);
}

/** From where to read to see everything after a position (and the event at it). */
export function startAt(position: LogPosition): Position | 'start' {
  if (position === LOG_START) return 'start';
  return { commit: BigInt(position), prepare: BigInt(position) };
}

/** The same for the position of a checkpoint that stands before an event: where nothing begins at the position itself. */
export function startBehind(position: LogPosition): Position {
  return { commit: BigInt(position) + 1n, prepare: 0n };
}
