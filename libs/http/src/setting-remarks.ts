import { type Logger } from 'pino';
import { type Config } from './config.js';

const UNVERIFIED = /^esdb(\+discover)?:[^?]*\?(.*&)?\s*tls[_-]?verify[_-]?cert=\s*false/i;

/** Says once in the log of a process which of its settings have no effect. */
export function tellRemarks(
  { eventLogUrl }: Pick<Config, 'eventLogUrl'>,
  logger: Pick<Logger, 'warn'>,
): void {
  if (!UNVERIFIED.test(eventLogUrl)) return;
  logger.warn(
    "EVENT_LOG_URL: tlsVerifyCert=false has no effect, the node's certificate is always checked; " +
      'name the authority that signed it by tlsCAFile',
  );
}
