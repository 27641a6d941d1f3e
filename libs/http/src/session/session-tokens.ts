import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ApiKey } from '../config.js';

/** A working day: who comes back tomorrow gives the key again. */
export const SESSION_SECONDS = 10 * 60 * 60;

const FORM = /^(1\.([0-9a-z]{1,10})\.[\w-]{22})\.([\w-]{43})$/;

const sign = (secret: Buffer, text: string) => createHmac('sha256', secret).update(text).digest();

export interface SessionToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Makes and checks the tokens of sessions. A token is signed with a secret that follows from the key it was given for:
 * every process with the same keys knows it, nothing has to be kept, and a key that is taken away ends its sessions.
 */
export class SessionTokens {
  private readonly secrets: readonly { readonly key: string; readonly secret: Buffer }[];

  /** @param now milliseconds since 1970 */
  constructor(
    keys: readonly ApiKey[],
    private readonly now: () => number = Date.now,
  ) {
    this.secrets = keys.map(({ key }) => ({ key, secret: sign(Buffer.from(key), 'percorso session') }));
  }

  /** A token for a key of the configuration; undefined for any other. */
  issue(key: string): SessionToken | undefined {
    const known = this.secrets.find((one) => one.key === key);
    if (!known) return undefined;
    const expires = Math.floor(this.now() / 1000) + SESSION_SECONDS;
    const content = `1.${expires.toString(36)}.${randomBytes(16).toString('base64url')}`;
    return {
      token: `${content}.${sign(known.secret, content).toString('base64url')}`,
      expiresAt: new Date(expires * 1000),
    };
  }

  /** The key that a token stands for, while it is valid. */
  read(token: string): { readonly key: string; readonly expiresAt: Date } | undefined {
    const [, content, expires, signature] = FORM.exec(token) ?? [];
    if (content === undefined || expires === undefined || signature === undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    let key: string | undefined;
    for (const one of this.secrets) if (timingSafeEqual(sign(one.secret, content), given)) key = one.key;
    const expiresAt = new Date(Number.parseInt(expires, 36) * 1000);
    if (key === undefined || expiresAt.getTime() <= this.now()) return undefined;
    return { key, expiresAt };
  }
}
