import { createHash, timingSafeEqual } from 'node:crypto';
import { type FastifyRequest } from 'fastify';
import { type ApiKey } from './config.js';
import { type Role, ROLES } from './roles.js';
import { sessionTokenOf } from './session/session-cookie.js';
import { SessionTokens } from './session/session-tokens.js';

/** Who sent a request, as far as it is known. */
export interface Caller {
  readonly roles: ReadonlySet<Role>;
  /** Tells one key from another in the access log without giving it away. */
  readonly name: string;
}

/** How a caller is known: by nothing at all where no keys are set, by its key, or by the cookie of a session. */
export interface KnownCaller {
  readonly caller: Caller;
  readonly by: 'nothing' | 'key' | 'session';
  /** When the session ends. */
  readonly expiresAt?: Date;
}

const EVERYBODY: Caller = { roles: new Set(ROLES), name: 'local' };
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

const digestOf = (key: string) => createHash('sha256').update(key).digest();

/** The key of an `Authorization` header. */
export function bearerKey(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}

/** The keys of the configuration. Without any, everybody is granted every role. */
export class Callers {
  readonly sessions: SessionTokens;
  private readonly known: readonly { readonly digest: Buffer; readonly caller: Caller }[];

  constructor(keys: readonly ApiKey[]) {
    this.sessions = new SessionTokens(keys);
    this.known = keys.map(({ key, roles }) => {
      const digest = digestOf(key);
      return { digest, caller: { roles: new Set(roles), name: digest.toString('hex', 0, 4) } };
    });
  }

  /** Whether callers have to say who they are. */
  get needKey(): boolean {
    return this.known.length > 0;
  }

  /** Who sent a request; undefined when it shows no such key and no valid session. A key goes before a session. */
  find(request: FastifyRequest): KnownCaller | undefined {
    if (!this.needKey) return { caller: EVERYBODY, by: 'nothing' };
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const caller = this.withKey(bearerKey(authorization));
      return caller && { caller, by: 'key' };
    }
    const token = sessionTokenOf(request);
    const session = token === undefined ? undefined : this.sessions.read(token);
    const caller = this.withKey(session?.key);
    return caller && { caller, by: 'session', expiresAt: session?.expiresAt };
  }

  /** All keys are looked at, each for the same time: how long it takes tells nothing about the right ones. */
  withKey(key: string | undefined): Caller | undefined {
    if (key === undefined) return undefined;
    const digest = digestOf(key);
    let found: Caller | undefined;
    for (const one of this.known) if (timingSafeEqual(one.digest, digest)) found = one.caller;
    return found;
  }
}
