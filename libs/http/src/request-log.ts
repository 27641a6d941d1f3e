import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { callerName } from './roles.guard.js';

/** A route as it was declared (`/v1/journeys/:id`): unlike the address it names nobody. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? 'none';
}

/** Routes that show single people: every request is logged, whatever the level. */
const ACCESS_LOGGED = /^\/v1\/journeys(\/|$)/;
/** So frequent that a line for each success would cost more than the request. */
const HOT = '/v1/events';

/** Logs every answered request by its route; never its address, headers or body. */
export function logRequests(app: FastifyInstance, logger: Logger): void {
  const accessLog = logger.child({ log: 'access' }, { level: 'info' });
  app.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    if (ACCESS_LOGGED.test(route)) {
      accessLog.info({ ...entryOf(request, reply, route), caller: callerName(request) }, 'person data');
    } else if (reply.statusCode < 400 && (route === HOT || route.startsWith('/health/'))) {
      if (logger.isLevelEnabled('debug')) logger.debug(entryOf(request, reply, route), 'answered');
    } else if (logger.isLevelEnabled('info')) {
      logger.info(entryOf(request, reply, route), 'answered');
    }
    done();
  });
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
