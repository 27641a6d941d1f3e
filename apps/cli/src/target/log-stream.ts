import { CliError } from '../cli.error.js';
import { type Client, type Query } from './client.js';

export interface LogRead {
  /** Facts in the stream. */
  readonly lines: number;
  /** The last fact of the log when it began. */
  readonly position: string;
}

const LINE_END = 0x0a;

/**
 * Reads the whole log as the server streams it, whole lines at a time.
 *
 * @throws CliError when the stream ends before the last fact that it announced
 */
export async function readLog(
  client: Client,
  query: Query,
  take: (lines: Buffer) => Promise<void>,
): Promise<LogRead> {
  const answer = await client.open('/v1/audit/log', query, 'application/x-ndjson');
  const position = String(answer.headers['percorso-position']);
  let lines = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of client.partsOf(answer)) {
    const end = part.lastIndexOf(LINE_END) + 1;
    if (end === 0) {
      rest = Buffer.concat([rest, part]);
      continue;
    }
    const whole = Buffer.concat([rest, part.subarray(0, end)]);
    lines += countOf(whole);
    await take(whole);
    rest = part.subarray(end);
  }
  if (rest.length > 0) throw new CliError('failed', 'the log ends in the middle of a fact');
  return { lines, position };
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}
