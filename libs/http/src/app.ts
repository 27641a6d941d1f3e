import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type FastifyContentTypeParser,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { randomBytes } from 'node:crypto';
import { type Socket } from 'node:net';
import { type Logger } from 'pino';
import { Callers } from './callers.js';
import { type Config } from './config.js';
import { Metrics } from './metrics.js';
import { NestLogger } from './nest-logger.js';
import { serveOpenApi } from './openapi.js';
import { PROBLEM_TYPE, ProblemError, problemCodeOf } from './problem.js';
import { ProblemFilter, sendProblem } from './problem.filter.js';
import { problemOf } from './problem-of.js';
import { ProblemValidationPipe } from './problem-validation.pipe.js';
import { RequestLog, routeOf } from './request-log.js';
import { RolesGuard } from './roles.guard.js';
import { RouteTable } from './route-table.js';
import { SessionModule } from './session/session.module.js';

/** Ids of requests: unlike what a client would send they are unique and hold nothing but themselves. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('base64url');
  let number = 0;
  return () => `${process}-${(number += 1)}`;
}

function createAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    genReqId: requestIds(),
    // Those that still have an answer to come get it; what is idle is closed at once.
    forceCloseConnections: 'idle',
    keepAliveTimeout: 72_000,
    skipMiddie: true,
    multipart: false,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, problemOf(error)),
    clientErrorHandler: refuseUnreadable,
  });
}

/** Answers what is no HTTP: there is no request yet that a filter could see. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const problem = new ProblemError(
    problemCodeOf(status),
    'This is no HTTP request that can be read.',
  ).toProblem();
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${problem.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Bodies reach the controllers as streams: who may send is decided before anything is read, and each route has its own
 * limits. No route reads a body unless it says so.
 */
function takeBodiesAsStreams(app: FastifyInstance): void {
  const asStream: FastifyContentTypeParser = (_request, payload, done) => done(null, payload);
  app.removeAllContentTypeParsers();
  // What a pattern finds is remembered by Fastify; what only the catch-all takes is looked for in every request.
  app.addContentTypeParser(/^/, asStream);
  app.addContentTypeParser('*', asStream);
}

/** What still sends or reads after this long when the server stops is cut off. */
const SHUTDOWN_GRACE_MS = 5_000;

/** Whoever has stopped sending in the middle of a request must not keep the server from stopping. */
function cutOffStragglers(app: FastifyInstance, graceMs: number): void {
  app.addHook('preClose', (done) => {
    // More than once: the server still takes connections until everything before it in the line has stopped.
    const timer = setInterval(() => app.server.closeAllConnections(), graceMs).unref();
    app.server.once('close', () => clearInterval(timer));
    done();
  });
}

/** The app's own parts and what every app has. */
@Module({})
class HttpApp {}

export interface HttpAppOptions {
  readonly config: Pick<Config, 'apiKeys'>;
  readonly logger: Logger;
  /** What the API is called in its documentation. */
  readonly title: string;
  readonly shutdownGraceMs?: number;
}

/** A Nest application on Fastify with keys, problems, logs, metrics and OpenAPI; it does not listen yet. */
export async function createHttpApp(
  root: Type | DynamicModule,
  { config, logger, title, shutdownGraceMs = SHUTDOWN_GRACE_MS }: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const adapter = createAdapter();
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = new RouteTable(fastify);
  takeBodiesAsStreams(fastify);
  cutOffStragglers(fastify, shutdownGraceMs);
  const callers = new Callers(config.apiKeys);
  const whole = { module: HttpApp, imports: [root, SessionModule.forRoot(callers)] };
  const app = await NestFactory.create<NestFastifyApplication>(whole, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const metrics = app.get(Metrics);
  const log = new RequestLog(logger);
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    log.answered(request, reply, route);
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
  app.useGlobalGuards(new RolesGuard(callers));
  app.useGlobalPipes(new ProblemValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger, routes));
  serveOpenApi(app, title);
  await app.init();
  await fastify.ready();
  return app;
}
