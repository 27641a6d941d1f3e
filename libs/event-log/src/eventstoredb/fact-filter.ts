import { eventTypeFilter, type Position } from '@eventstore/db-client';
import { FACT_TYPES } from './fact-event.js';

/** Events that the node looks at between two checkpoints (in windows of 32): how much is looked at twice, at most. */
const SEARCH_WINDOW = 32;
const CHECKPOINT_WINDOWS = 32;

/**
 * Lets the node send facts only.
 *
 * @param onCheckpoint called within the client's reading, where nobody would hear an exception: it must not throw
 */
export function factFilter(onCheckpoint: (checkpoint: Position) => void) {
  return eventTypeFilter({
    prefixes: [FACT_TYPES],
    maxSearchWindow: SEARCH_WINDOW,
    checkpointInterval: CHECKPOINT_WINDOWS,
    checkpointReached: (_: unknown, checkpoint: Position) => onCheckpoint(checkpoint),
  });
}
