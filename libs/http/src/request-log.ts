import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { callerName } from './roles.guard.js';

/** A route as it was declared (`/v1/journeys/:id`): unlike the address it names nobody. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? 'none';
}

/** Routes that show single people: every request is logged, whatever the level. */
const ACCESS_LOGGED = /^\/v1\/(journeys|quality\/findings\/journeys)(\/|$)/;
/** So frequent that a line for each success would cost more than the request. */
const HOT = '/v1/events';

/** Logs answered requests by their route; never their address, headers or body. */
export class RequestLog {
  private readonly accessLog: Logger;

  constructor(private readonly logger: Logger) {
    this.accessLog = logger.child({ log: 'access' }, { level: 'info' });
  }

  answered(request: FastifyRequest, reply: FastifyReply, route: string): void {
    const { logger } = this;
    if (reply.statusCode < 400 && (route === HOT || route.startsWith('/health/'))) {
      if (logger.isLevelEnabled('debug')) logger.debug(entryOf(request, reply, route), 'answered');
    } else if (ACCESS_LOGGED.test(route)) {
      const entry = { ...entryOf(request, reply, route), caller: callerName(request) };
      this.accessLog.info(entry, 'person data');
    } else if (logger.isLevelEnabled('info')) {
      logger.info(entryOf(request, reply, route), 'answered');
    }
  }
}

function entryOf(request: FastifyRequest, reply: FastifyReply, route: string) {
  return {
    request: request.id,
    method: request.method,
    route,
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
  };
}
