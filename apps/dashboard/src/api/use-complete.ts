import { useRef } from 'preact/hooks';
import { type Answer } from './use-answer.js';

export type Completeness = 'loading' | 'failed' | 'complete' | 'not-asked';

/** Whether all answers are there, and are those to the questions as they stand now. */
export function completenessOf(answers: readonly Answer<unknown>[]): Completeness {
  if (answers.some(({ problem }) => problem !== undefined)) return 'failed';
  if (answers.some(({ loading }) => loading)) return 'loading';
  return answers.every(({ data }) => data !== undefined) ? 'complete' : 'not-asked';
}

/**
 * What is made from answers. While a new question is on its way, what was made before stays as it was, names and all:
 * an old figure is never shown under a new name.
 */
export function useComplete<T>(answers: readonly Answer<unknown>[], make: () => T): T | undefined {
  const last = useRef<T | undefined>(undefined);
  const state = completenessOf(answers);
  if (state === 'complete') last.current = make();
  else if (state !== 'loading') last.current = undefined;
  return last.current;
}
