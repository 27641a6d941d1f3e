import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError } from '#http';
import { negotiate } from './negotiate.js';

/**
 * The format to answer in; tells caches that it depends on `Accept`.
 *
 * @throws ProblemError `not-acceptable` when the client accepts none of the offers
 */
export function acceptable<T extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  offers: readonly T[],
): T {
  void reply.headers({ vary: 'Accept', 'cache-control': 'no-store' });
  const type = negotiate(request.headers.accept, offers);
  if (type === undefined)
    throw new ProblemError('not-acceptable', `This is to be had as ${offers.join(' or ')}.`);
  return type;
}
