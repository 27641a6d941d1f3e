import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { PROBLEM_TYPE, ProblemError } from './problem.js';
import { problemOf } from './problem-of.js';
import { routeOf } from './request-log.js';
import { type RouteTable } from './route-table.js';

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: ProblemError): void {
  void reply.status(problem.status).type(PROBLEM_TYPE);
  if (problem.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(problem.retryAfterSeconds));
  }
  // What is still to come of the request would be taken for the next one.
  if (problem.code === 'timeout') void reply.header('connection', 'close');
  if (problem.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="percorso"');
  // As bytes: Fastify would add a charset to a text, and JSON has none.
  void reply.send(Buffer.from(JSON.stringify(problem.toProblem())));
}

/** Turns everything that is thrown, by us or by the frameworks, into a problem. What the caller is not told is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = request.is404 ? this.noRoute(request, reply) : problemOf(error);
    if (problem.status >= 500) this.log(problem, request);
    // After the first byte nothing can be said any more: a broken-off answer is not taken for a whole one.
    if (reply.sent || reply.raw.headersSent) request.raw.socket.destroy();
    else sendProblem(reply, problem);
  }

  private noRoute(request: FastifyRequest, reply: FastifyReply): ProblemError {
    const allowed = this.routes.allowed(request.url);
    if (allowed === undefined) return new ProblemError('not-found', 'There is no such address.');
    void reply.header('allow', allowed);
    return new ProblemError('method-not-allowed', `Possible here: ${allowed}.`);
  }

  private log(problem: ProblemError, request: FastifyRequest): void {
    const level = problem.code === 'internal' ? 'error' : 'warn';
    const err = problem.cause ?? problem;
    this.logger[level]({ err, request: request.id, route: routeOf(request) }, 'request failed');
  }
}
