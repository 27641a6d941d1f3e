import { type FastifyRequest } from 'fastify';

/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Where a request was made, as the browser tells: by a page of this server, by another one, or not told at all. */
export function originOf(request: FastifyRequest): 'same' | 'other' | 'untold' {
  const { headers } = request;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'same' : 'other';
  if (headers.origin === undefined) return 'untold';
  return URL.canParse(headers.origin) && new URL(headers.origin).host === request.host ? 'same' : 'other';
}

/**
 * Whether a page of somebody else may have made a browser send a request that changes something. With a session the
 * browser has to tell that it did not; without one only a browser that says so is refused.
 */
export function mayBeForged(request: FastifyRequest, hasSession: boolean): boolean {
  if (SAFE.has(request.method)) return false;
  const origin = originOf(request);
  return origin === 'other' || (hasSession && origin === 'untold');
}
