import { type Readable } from 'node:stream';
import { ProblemError } from '#http';

/** What a body is refused with of which nothing comes any more. */
export function stalled(stallMs: number): ProblemError {
  return new ProblemError('timeout', `Nothing of the body came for ${stallMs / 1000} seconds.`);
}

/**
 * The parts of a body, read no faster than they are taken. Only while a part is waited for does time count.
 *
 * @throws ProblemError `timeout` when nothing comes for so long
 */
export async function* bodyParts(body: Readable, stallMs: number): AsyncGenerator<Buffer> {
  const parts = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const part = await inTime(parts.next(), stallMs);
      isWaiting = false;
      if (part.done) return;
      yield part.value;
    }
  } finally {
    // One that waits for ever cannot be ended; it ends with its connection.
    if (!isWaiting) await parts.return?.();
  }
}

function inTime<T>(next: Promise<T>, stallMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(stalled(stallMs)), stallMs);
    next.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
