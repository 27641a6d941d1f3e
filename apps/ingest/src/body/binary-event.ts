import { type IncomingHttpHeaders } from 'node:http';
import { type EventError } from '#events';

const PREFIX = 'ce-';
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

export type BinaryEvent =
  | { readonly ok: true; readonly event: Record<string, unknown> }
  | { readonly ok: false; readonly errors: readonly EventError[] };

/**
 * The event of a request in CloudEvents binary mode: attributes from `ce-` headers, data from the body. Values are
 * percent-decoded as the HTTP binding of CloudEvents 1.0 says (3.1.3.2).
 */
export function binaryEvent(headers: IncomingHttpHeaders, data: unknown): BinaryEvent {
  const event: Record<string, unknown> = {};
  const errors: EventError[] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    const text = decoded(String(value));
    if (text === undefined) errors.push({ pointer: `/${name}`, detail: 'is not percent-encoded UTF-8' });
    else if (name === 'data' || name === 'datacontenttype') {
      errors.push({ pointer: `/${name}`, detail: `the header ce-${name} is not possible: the body says it` });
    } else event[name] = text;
  }
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, event: { ...event, datacontenttype: 'application/json', data } };
}

/** Undefined when the escapes give no UTF-8. */
function decoded(value: string): string | undefined {
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const text = quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
  try {
    return text.replace(ESCAPES, (escapes) => decodeURIComponent(escapes));
  } catch {
    return undefined;
  }
}
