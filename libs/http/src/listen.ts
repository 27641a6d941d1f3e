import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { type Config } from './config.js';

/**
 * Lets an app answer at the address that the settings name; gives its URL. Rejects with the error of the system when
 * the address cannot be used. Nest's own `listen` would log that error besides, and `run` tells it in one line.
 */
export function listen(
  app: NestFastifyApplication,
  { port, host }: Pick<Config, 'port' | 'host'>,
): Promise<string> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  return fastify.listen({ port, host });
}
