import { isUtf8 } from 'node:buffer';
import { type IncomingMessage } from 'node:http';
import { type Readable } from 'node:stream';
import { jsonFault } from '#catalogue';
import { ProblemError } from '#http';
import { type IngestLimits } from '../ingest-limits.js';
import { BodyWatch } from './body-watch.js';

export const MAX_BODY_BYTES = 8 * 1024 * 1024;

const tooLarge = () =>
  new ProblemError('too-large', `A JSON body may have at most ${MAX_BODY_BYTES} bytes; send more as NDJSON.`);

/** What a body that ends before it is complete is refused with; mostly nobody is there any more to read it. */
export const brokenOff = () => new ProblemError('malformed', 'The body ended too early.');

export interface BodyReading {
  /** The header of that name. */
  readonly contentLength: string | undefined;
  /** Told of every part that came; may throw. */
  readonly visit: { take(bytes: number): void };
  readonly limits: Pick<IngestLimits, 'stallMs' | 'longestBodyMs'>;
}

/**
 * The whole body.
 *
 * @throws ProblemError `too-large`; what is still to come is read and dropped, so that the client gets to see the
 * answer. `timeout` when nothing comes any more, or too little
 */
export function readBody(body: Readable, { contentLength, visit, limits }: BodyReading): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    let ended = false;
    const refuse = (error: Error) => {
      ended = true;
      watch?.stop();
      body.off('data', add).resume();
      reject(error);
    };
    const add = (part: Buffer) => {
      length += part.length;
      watch?.cameSomething();
      if (length > MAX_BODY_BYTES) return refuse(tooLarge());
      try {
        visit.take(part.length);
      } catch (error) {
        return refuse(error as Error);
      }
      parts.push(part);
    };
    // Mostly all of it is there already.
    const watch = (body as IncomingMessage).complete ? undefined : new BodyWatch(limits, refuse);
    if (Number(contentLength) > MAX_BODY_BYTES) return refuse(tooLarge());
    body.on('data', add);
    body.on('end', () => {
      ended = true;
      watch?.stop();
      resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts, length));
    });
    body.on('error', () => refuse(brokenOff()));
    body.on('close', () => {
      if (!ended) refuse(brokenOff());
    });
  });
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes without the mark that some editors put before a text. */
export function withoutBom(bytes: Buffer): Buffer {
  return bytes.length >= 3 && bytes[0] === BOM[0] && bytes.subarray(0, 3).equals(BOM)
    ? bytes.subarray(3)
    : bytes;
}

export type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string };

/** Reads JSON in UTF-8. */
export function parseJson(bytes: Buffer): Parsed {
  if (!isUtf8(bytes)) return { ok: false, detail: 'is not UTF-8' };
  try {
    return { ok: true, value: JSON.parse(bytes.toString('utf8')) };
  } catch (error) {
    return { ok: false, detail: `is not JSON: ${jsonFault(error)}` };
  }
}
