import { type FastifyReply, type FastifyRequest } from 'fastify';
import { SESSION_SECONDS } from './session-tokens.js';

const NAME = 'percorso_session';
/** Tokens hold no character that a cookie would have to quote. */
const AMONG_COOKIES = new RegExp(`(?:^|;)\\s*${NAME}=([\\w.-]+)`);

/** The token of a session that a request brings. */
export function sessionTokenOf({ headers }: FastifyRequest): string | undefined {
  return AMONG_COOKIES.exec(headers.cookie ?? '')?.[1];
}

/** Gives the browser a token to keep, or with an empty one lets it forget what it has. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const maxAge = token === '' ? 0 : SESSION_SECONDS;
  const parts = [`${NAME}=${token}`, `Max-Age=${maxAge}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (cameOverTls(request)) parts.push('Secure');
  void reply.header('set-cookie', parts.join('; '));
}

/** Behind a proxy that ends TLS the connection itself is plain; a false header only makes the cookie stricter. */
function cameOverTls({ protocol, headers }: FastifyRequest): boolean {
  return protocol === 'https' || headers['x-forwarded-proto'] === 'https';
}
