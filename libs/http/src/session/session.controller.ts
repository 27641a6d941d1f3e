import { Controller, Delete, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { bearerKey, Callers, type KnownCaller } from '../callers.js';
import { ProblemError } from '../problem.js';
import { Public, ROLES } from '../roles.js';
import { FailedLogins } from './failed-logins.js';
import { mayBeForged } from './same-origin.js';
import { setSessionCookie } from './session-cookie.js';

const SESSION = {
  type: 'object',
  required: ['signedIn', 'keyNeeded', 'roles', 'expiresAt'],
  properties: {
    signedIn: { type: 'boolean', description: 'Whether requests of this browser are let in.' },
    keyNeeded: {
      type: 'boolean',
      description: 'False where no keys are set: then everybody has every role.',
    },
    roles: { type: 'array', items: { type: 'string', enum: [...ROLES] } },
    expiresAt: { type: ['string', 'null'], format: 'date-time', description: 'When the session ends.' },
  },
};

/** Lets a browser give a key once: it keeps a cookie that no script can read instead. */
@ApiTags('Session')
@Public()
@Controller('v1/session')
export class SessionController {
  private readonly failed = new FailedLogins();

  constructor(private readonly callers: Callers) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Who this browser is signed in as',
    description: 'Open to all; tells of itself only.',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: SESSION } } })
  read(@Req() request: FastifyRequest) {
    return this.told(this.callers.find(request));
  }

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Sign in',
    description:
      'Give a key as everywhere else, `Authorization: Bearer KEY`. The answer sets a cookie (`HttpOnly`, `SameSite=Strict`, behind TLS `Secure`) that stands for the key for ten hours. Requests with the cookie that change something are let in only from pages of this server. Ten wrong keys in a minute from one address, and it has to wait (429).',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: SESSION } } })
  signIn(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    refuseForged(request);
    const retryAfterSeconds = this.failed.waitSeconds(request.ip);
    if (retryAfterSeconds > 0) {
      throw new ProblemError('overloaded', 'Too many wrong keys came from this address; wait a minute.', {
        retryAfterSeconds,
      });
    }
    if (!this.callers.needKey) return this.told(this.callers.find(request));
    const key = bearerKey(request.headers.authorization);
    const caller = this.callers.withKey(key);
    const session = key === undefined || !caller ? undefined : this.callers.sessions.issue(key);
    if (!caller || !session) {
      this.failed.add(request.ip);
      throw new ProblemError('unauthenticated', 'There is no such key.');
    }
    setSessionCookie(request, reply, session.token);
    return this.told({ caller, by: 'session', expiresAt: session.expiresAt });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out: the browser forgets its cookie' })
  @ApiNoContentResponse({ description: 'Forgotten.' })
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    refuseForged(request);
    setSessionCookie(request, reply, '');
  }

  private told(known: KnownCaller | undefined) {
    return {
      signedIn: known !== undefined,
      keyNeeded: this.callers.needKey,
      roles: [...(known?.caller.roles ?? [])],
      expiresAt: known?.expiresAt ?? null,
    };
  }
}

function refuseForged(request: FastifyRequest): void {
  if (mayBeForged(request, false))
    throw new ProblemError('forbidden', 'The request comes from another site.');
}
