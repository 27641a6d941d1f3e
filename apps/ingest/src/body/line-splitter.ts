const NEWLINE = 0x0a;

export const MAX_LINE_BYTES = 1024 * 1024;

export interface Line {
  /** From 1; empty lines count too. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** A line grew over the limit before it ended. */
export class LineTooLong extends Error {
  constructor(readonly line: number) {
    super(`line ${line} has more than ${MAX_LINE_BYTES} bytes`);
  }
}

/** Cuts a body that comes in parts into its lines. Keeps no more than one unfinished line. */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restBytes = 0;
  private number = 1;

  /**
   * The lines that end within the part.
   *
   * @throws LineTooLong after all lines before it were given
   */
  *split(part: Buffer): Generator<Line> {
    let start = 0;
    for (let end = part.indexOf(NEWLINE); end >= 0; end = part.indexOf(NEWLINE, start)) {
      yield this.complete(part.subarray(start, end));
      start = end + 1;
    }
    if (start === part.length) return;
    this.rest.push(part.subarray(start));
    this.restBytes += part.length - start;
    this.requireRoom(this.restBytes);
  }

  /** The last line, which needs no newline at its end. */
  *end(): Generator<Line> {
    if (this.restBytes > 0) yield this.complete(Buffer.alloc(0));
  }

  private complete(last: Buffer): Line {
    this.requireRoom(this.restBytes + last.length);
    const bytes = this.rest.length === 0 ? last : Buffer.concat([...this.rest, last]);
    this.rest = [];
    this.restBytes = 0;
    return { number: this.number++, bytes };
  }

  private requireRoom(bytes: number): void {
    if (bytes > MAX_LINE_BYTES) throw new LineTooLong(this.number);
  }
}

/** Whether a line holds nothing but white space. */
export function isBlank({ bytes }: Line): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
