import { type LoggerService } from '@nestjs/common';
import { type Logger } from 'pino';

/** What Nest says while it starts and when it fails goes into the same structured log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(contextOf(rest), textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const err = [message, ...rest].find((one) => one instanceof Error);
    this.logger.error({ ...contextOf(rest), ...(err ? { err } : {}) }, textOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(contextOf(rest), textOf(message));
  }
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? String(message));
}

/** Nest passes the name of the speaking part last. */
function contextOf(rest: readonly unknown[]) {
  const context = rest.at(-1);
  return typeof context === 'string' ? { part: context } : {};
}
