import { PassThrough, type Readable } from 'node:stream';
import { formatPosition } from '#event-log';
import { type PositionFeed } from './position-feed.js';

const HEART_BEAT_MS = 15_000;
/** Browsers come back by themselves; then it is asked again whether they may. */
const LONGEST_MS = 15 * 60_000;
const RETRY_MS = 2_000;

/** The positions of a feed as server-sent events; a comment now and then keeps the connection open. */
export function positionStream(feed: PositionFeed, gone: AbortSignal): Readable {
  const stream = new PassThrough();
  stream.write(`retry: ${RETRY_MS}\n\n`);
  const heart = setInterval(() => stream.write(': still here\n\n'), HEART_BEAT_MS).unref();
  const limit = setTimeout(() => end(), LONGEST_MS).unref();
  const leave = feed.listen({
    moved: (position) => {
      const told = formatPosition(position);
      stream.write(`event: position\nid: ${told}\ndata: ${JSON.stringify({ position: told })}\n\n`);
    },
    ended: () => end(),
  });
  function end(): void {
    clearInterval(heart);
    clearTimeout(limit);
    leave?.();
    stream.end();
  }
  gone.addEventListener('abort', end, { once: true });
  return stream;
}
