const NEWLINE = 0x0a;

export const MAX_LINE_BYTES = 1024 * 1024;

export interface Line {
  /** From 1; empty lines count too. */
  readonly number: number;
  /** Undefined of a line that grew over the limit before it ended. */
  readonly bytes: Buffer | undefined;
}

/** Cuts a body that comes in parts into its lines. Keeps no more than one unfinished line. */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restBytes = 0;
  private number = 1;
  /** The line that is being read was given as too long; the rest of it is dropped. */
  private isDropping = false;

  /** The line that is being read: all before it were given. */
  get current(): number {
    return this.number;
  }

  /** The lines that end within the part; one that is too long as soon as it is. */
  *split(part: Buffer): Generator<Line> {
    let start = 0;
    for (let end = part.indexOf(NEWLINE); end >= 0; end = part.indexOf(NEWLINE, start)) {
      const line = this.complete(part.subarray(start, end));
      if (line) yield line;
      start = end + 1;
    }
    if (start === part.length || this.isDropping) return;
    this.restBytes += part.length - start;
    if (this.restBytes > MAX_LINE_BYTES) {
      this.isDropping = true;
      this.forgetRest();
      yield { number: this.number, bytes: undefined };
    } else this.rest.push(part.subarray(start));
  }

  /** The last line, which needs no newline at its end. */
  *end(): Generator<Line> {
    if (this.restBytes > 0) yield this.complete(Buffer.alloc(0))!;
  }

  /** Undefined when the line was given already. */
  private complete(last: Buffer): Line | undefined {
    const number = this.number++;
    const length = this.restBytes + last.length;
    const parts = this.rest;
    this.forgetRest();
    if (this.isDropping) {
      this.isDropping = false;
      return undefined;
    }
    if (length > MAX_LINE_BYTES) return { number, bytes: undefined };
    return { number, bytes: parts.length === 0 ? last : Buffer.concat([...parts, last]) };
  }

  private forgetRest(): void {
    this.rest = [];
    this.restBytes = 0;
  }
}

/** Whether a line holds nothing but white space. */
export function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
