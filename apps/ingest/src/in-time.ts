import { ProblemError } from '#http';

/**
 * What the work comes to, if that is known in time. Work that takes longer goes on, and nobody hears of it any more.
 *
 * @throws ProblemError `unavailable` after the limit, and whatever the work fails with
 */
export function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late(limitMs)), limitMs);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

const late = (limitMs: number) =>
  new ProblemError(
    'unavailable',
    `The log has not answered within ${limitMs / 1_000} seconds; send it again: what is stored meanwhile is not stored twice.`,
  );
