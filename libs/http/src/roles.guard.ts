import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Caller, Callers } from './callers.js';
import { namesLoopback } from './loopback.js';
import { ProblemError } from './problem.js';
import { PUBLIC_KEY, type Role, ROLES_KEY } from './roles.js';
import { mayBeForged } from './session/same-origin.js';

type Rule = 'public' | readonly Role[];

/** On the request itself: a weak map of all requests costs every collection of garbage. */
const CALLER = Symbol('caller');
type CalledRequest = FastifyRequest & { [CALLER]?: Caller };

/**
 * A page of another site can lead its own name to this machine (DNS rebinding) and is of the same origin then: only
 * the name in the request gives it away.
 */
const FOREIGN_HOST =
  'Without API_KEYS only requests to this machine by a name of its own are let in: Host must be localhost, an address in 127.0.0.0/8 or [::1], with any port.';

/** Whether the caller of a request has a role. */
export function hasRole(request: FastifyRequest, role: Role): boolean {
  return (request as CalledRequest)[CALLER]?.roles.has(role) ?? false;
}

/** What the access log calls the caller of a request. */
export function callerName(request: FastifyRequest): string {
  return (request as CalledRequest)[CALLER]?.name ?? 'unknown';
}

/** Lets a request in when its route is public or its key or session has one of the route's roles. Refuses the rest. */
@Injectable()
export class RolesGuard implements CanActivate {
  private readonly rules = new WeakMap<object, Rule>();

  constructor(private readonly known: Callers) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.ruleOf(context);
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<CalledRequest>();
    const known = this.known.find(request);
    if (!known) throw new ProblemError('unauthenticated', 'Send a known key: "Authorization: Bearer KEY".');
    const { caller, by } = known;
    request[CALLER] = caller;
    if (by === 'nothing' && !namesLoopback(request.headers.host))
      throw new ProblemError('forbidden', FOREIGN_HOST);
    if (by !== 'key' && mayBeForged(request, by === 'session')) {
      throw new ProblemError('forbidden', 'Without a key only pages of this server may send this request.');
    }
    if (!rule.some((role) => caller.roles.has(role))) {
      const needed = rule.length === 0 ? 'no role allows it' : `it needs the role ${rule.join(' or ')}`;
      throw new ProblemError('forbidden', `The key does not allow this request: ${needed}.`);
    }
    return true;
  }

  private ruleOf(context: ExecutionContext): Rule {
    const handler = context.getHandler();
    let rule = this.rules.get(handler);
    if (!rule) {
      rule = declaredRule([handler, context.getClass()]);
      this.rules.set(handler, rule);
    }
    return rule;
  }
}

/** What the handler says, else its class; nothing said allows nobody. */
function declaredRule(targets: readonly object[]): Rule {
  for (const target of targets) {
    if (Reflect.getMetadata(PUBLIC_KEY, target) === true) return 'public';
    const roles = Reflect.getMetadata(ROLES_KEY, target) as readonly Role[] | undefined;
    if (roles) return roles;
  }
  return [];
}
