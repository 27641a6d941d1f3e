import { type IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '#http';

/** How a body holds its events. */
export type ContentKind = 'event' | 'batch' | 'lines' | 'binary';

const KINDS: ReadonlyMap<string, ContentKind> = new Map([
  ['application/cloudevents+json', 'event'],
  ['application/cloudevents-batch+json', 'batch'],
  ['application/x-ndjson', 'lines'],
]);

const POSSIBLE = `${[...KINDS.keys()].join(', ')}, or application/json with ce- headers`;

/** @throws ProblemError `unsupported-media-type` */
export function contentKind(headers: IncomingHttpHeaders): ContentKind {
  // As nearly everybody writes it; what follows takes more time than parsing the event.
  const plain = KINDS.get(headers['content-type'] ?? '');
  if (plain && headers['content-encoding'] === undefined) return plain;
  const [media = '', ...parameters] = (headers['content-type'] ?? '').split(';');
  const type = media.trim().toLowerCase();
  const kind = KINDS.get(type) ?? binaryKind(type, headers);
  for (const parameter of parameters) requireUtf8(parameter);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw refusal(
      `a body in the content encoding ${JSON.stringify(encoding)} is not taken; send it as it is`,
    );
  }
  return kind;
}

function binaryKind(type: string, headers: IncomingHttpHeaders): ContentKind {
  const given = type === '' ? 'no content type' : JSON.stringify(type);
  if (type !== 'application/json') throw refusal(`${given} is not taken; possible: ${POSSIBLE}`);
  if (Object.keys(headers).some((name) => name.startsWith('ce-'))) return 'binary';
  throw refusal(`"application/json" is taken only with ce- headers; possible: ${POSSIBLE}`);
}

function requireUtf8(parameter: string): void {
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().toLowerCase());
  if (name !== 'charset' || /^"?utf-?8"?$/.test(value)) return;
  throw refusal(`the charset must be utf-8, not ${JSON.stringify(value)}`);
}

function refusal(detail: string): ProblemError {
  return new ProblemError('unsupported-media-type', `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`);
}
