import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly signal?: AbortSignal;
}

/**
 * Sends a request; gives the answer as soon as its head is there. There is no time limit: a replay of a long log takes as
 * long as it takes, and `fetch` would give up after five minutes.
 */
export function exchange({ url, method, headers, body, signal }: Exchange): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers: { ...headers, ...lengthOf(body) }, signal });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

const lengthOf = (body: Buffer | undefined) => (body ? { 'content-length': String(body.length) } : {});

/** The whole body as text. Rejects when the connection ends before it does. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
