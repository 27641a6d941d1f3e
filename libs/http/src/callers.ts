import { createHash, timingSafeEqual } from 'node:crypto';
import { type ApiKey } from './config.js';
import { type Role, ROLES } from './roles.js';

/** Who sent a request, as far as it is known. */
export interface Caller {
  readonly roles: ReadonlySet<Role>;
  /** Tells one key from another in the access log without giving it away. */
  readonly name: string;
}

const EVERYBODY: Caller = { roles: new Set(ROLES), name: 'local' };
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

const digestOf = (key: string) => createHash('sha256').update(key).digest();

/** The keys of the configuration. Without any, everybody is granted every role. */
export class Callers {
  private readonly known: readonly { readonly digest: Buffer; readonly caller: Caller }[];

  constructor(keys: readonly ApiKey[]) {
    this.known = keys.map(({ key, roles }) => {
      const digest = digestOf(key);
      return { digest, caller: { roles: new Set(roles), name: digest.toString('hex', 0, 4) } };
    });
  }

  /** The caller that an `Authorization` header names; undefined when there is no such key. */
  find(authorization: string | undefined): Caller | undefined {
    if (this.known.length === 0) return EVERYBODY;
    const key = BEARER.exec(authorization ?? '')?.[1];
    if (key === undefined) return undefined;
    const digest = digestOf(key);
    let found: Caller | undefined;
    // All keys are looked at, each for the same time: how long it takes tells nothing about the right ones.
    for (const one of this.known) if (timingSafeEqual(one.digest, digest)) found = one.caller;
    return found;
  }
}
