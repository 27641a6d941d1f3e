import { type LogPosition } from './event-log.port.js';

/** The token that clients see; opaque to them. */
export function formatPosition(position: LogPosition): string {
  return String(position);
}

/** The position that a token stands for, or undefined when it is none. */
export function parsePosition(token: string): LogPosition | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(token)) return undefined;
  const position = Number(token);
  return Number.isSafeInteger(position) ? position : undefined;
}
