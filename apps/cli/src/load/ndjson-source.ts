import { type Readable } from 'node:stream';
import { type SourcePart } from './source.js';

const LINE_END = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** What the server takes as one line. */
const LONGEST_LINE = 1024 * 1024;

/** The facts of a stream with one event in JSON a line; empty lines are none. */
export async function* ndjsonSource(input: Readable): AsyncGenerator<SourcePart> {
  let line = 0;
  let bytesRead = 0;
  for await (const bytes of linesOf(input, (count) => (bytesRead += count))) {
    line += 1;
    const json = line === 1 && bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
    if (json.length > LONGEST_LINE) {
      yield { kind: 'fault', line, errors: [{ detail: 'the line is longer than 1 MiB' }] };
      continue;
    }
    if (json.some((byte) => byte > 0x20)) yield { kind: 'fact', line, json, bytesRead };
  }
}

/** Lines without their end. Of one that is too long only so much is kept that this can be seen. */
async function* linesOf(input: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer) => {
    if (length <= LONGEST_LINE) rest.push(part);
    length += part.length;
  };
  for await (const part of input as AsyncIterable<Buffer>) {
    count(part.length);
    let start = 0;
    for (let end = part.indexOf(LINE_END); end >= 0; end = part.indexOf(LINE_END, start)) {
      keep(part.subarray(start, end));
      yield Buffer.concat(rest);
      rest = [];
      length = 0;
      start = end + 1;
    }
    if (start < part.length) keep(part.subarray(start));
  }
  if (length > 0) yield Buffer.concat(rest);
}
