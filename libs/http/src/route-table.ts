import { type FastifyInstance } from 'fastify';

/** Which methods the routes without path parameters have, to tell a wrong method from a wrong address. */
export class RouteTable {
  private readonly methods = new Map<string, Set<string>>();

  /** To be called before routes are declared. */
  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set<string>();
      for (const one of [method].flat()) known.add(one);
      this.methods.set(url, known);
    });
  }

  /** The methods that an address has, `GET, HEAD`; undefined when there is no such route. */
  allowed(url: string): string | undefined {
    const path = url.split('?', 1)[0] ?? '';
    const methods = this.methods.get(path);
    return methods && [...methods].sort().join(', ');
  }
}
