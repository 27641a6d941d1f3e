import { type Day, type Instant } from '#calendar';
import { type Selection } from '#measures';

/** The cut-offs and the window of a selection as numbers. */
export interface Bounds {
  readonly from: Day;
  readonly to: Day;
  readonly until: Instant;
  readonly knownAt: Instant;
}

/** What is visible of facts: the two cut-offs and, where an answer is one of an earlier position, that position. */
export type Sight = Pick<Bounds, 'until' | 'knownAt'> & { readonly upTo?: number };

/**
 * Open ends lie beyond every real value, but are finite: a fact that was never retracted has its retraction at
 * infinity, and stays later than any cut-off.
 */
export function boundsOf(selection: Selection): Bounds {
  return {
    from: selection.from ?? Number.MIN_SAFE_INTEGER,
    to: selection.to ?? Number.MAX_SAFE_INTEGER,
    until: selection.until ?? Number.MAX_SAFE_INTEGER,
    knownAt: selection.knownAt ?? Number.MAX_SAFE_INTEGER,
  };
}
