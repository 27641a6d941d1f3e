import { destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { type Config } from './config.js';

/** The log of the process: a JSON object a line on standard output. */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination({ fd: 1, sync: false }),
  );
}
