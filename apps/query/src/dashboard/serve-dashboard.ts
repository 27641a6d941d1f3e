import { fastifyStatic } from '@fastify/static';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { basename, join } from 'node:path';

/** The addresses of the page; its own code shows what belongs to each. */
const PAGES = ['/', '/hysteresis', '/past', '/journeys', '/report', '/quality'] as const;

const ICON = '/icon.svg';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Everything comes from this server, nothing is written into the page, and nobody may frame it. */
const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

/**
 * Serves the built dashboard, compressed as the build left it. Names of assets hold a digest of their content, so they
 * are kept for ever; the page itself is asked for again each time.
 *
 * @param folder what `apps/dashboard` was built into
 */
export function serveDashboard(app: FastifyInstance, folder: string): void {
  // Not awaited: that would settle all routes so far, and those then never learn of the error handler that Nest sets.
  void app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    maxAge: YEAR_MS,
    immutable: true,
    setHeaders: (reply, path) => {
      void reply.headers(SECURITY_HEADERS);
      if (!path.startsWith(join(folder, 'assets'))) void reply.header('cache-control', 'no-cache');
    },
  });
  for (const page of PAGES) {
    app.get(page, (_request, reply: FastifyReply) => reply.sendFile('index.html', folder));
  }
  app.get(ICON, (_request, reply: FastifyReply) => reply.sendFile(basename(ICON), folder));
}
