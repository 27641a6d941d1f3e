import { type EventError } from '#events';

/** JSON up to this size takes some milliseconds at most, whatever is in it. */
export const HARMLESS_BYTES = 16 * 1024;
/** Deeper than any event, and no deeper than can be parsed in no time. */
const MOST_LEVELS = 64;
/** Of one event: objects, arrays and what stands in them. */
const MOST_VALUES = 10_000;
const STEP_BYTES = 256 * 1024;

const [TAB, NEWLINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB;
}

/** Where a JSON text begins after the white space before it; the length of the bytes when there is nothing else. */
export function textStart(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && isSpace(bytes[at]!)) at += 1;
  return at;
}

/** Whether a JSON text begins as an array does. */
export function isArray(bytes: Buffer): boolean {
  return bytes[textStart(bytes)] === OPEN_ARRAY;
}

/** The JSON text of one event. */
export interface EventText {
  readonly bytes: Buffer;
  /** Why it is not parsed: it would keep everybody else waiting. */
  readonly tooMuch?: EventError;
}

/**
 * Looks over JSON without parsing it, in steps that take well under a millisecond: cuts a batch into its events, and
 * finds those that would take too long to parse. It does not find out whether the text is JSON; the events that it
 * cuts out of what is no JSON array are not all JSON.
 */
export class JsonScanner {
  readonly events: EventText[] = [];
  /** Of all events. */
  values = 0;
  /** After the array of a batch comes something else, or its end is missing. */
  isBroken = false;
  private at = 0;
  private depth = 0;
  private isInText = false;
  private isClosed = false;
  private start: number;
  private valuesBefore = 0;
  private tooMuch: EventError | undefined;
  /** The last name of the event itself: from its quote to the colon. */
  private name: readonly [from: number, to: number] | undefined;
  private quote = 0;
  /** The depth at which an event stands. */
  private readonly base: number;

  /** @param mostEvents of a batch, whose array begins the bytes; after one more no others are given */
  constructor(
    private readonly bytes: Buffer,
    private readonly mostEvents?: number,
  ) {
    this.base = mostEvents === undefined ? 0 : 1;
    this.start = this.base;
  }

  /** Goes on; true at the end. */
  step(): boolean {
    const { bytes } = this;
    const end = Math.min(bytes.length, this.at + STEP_BYTES);
    let { at, isInText } = this;
    for (; at < end; at += 1) {
      const byte = bytes[at]!;
      if (isInText) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) isInText = false;
      } else if (byte === QUOTE) {
        isInText = true;
        this.quote = at;
        if (this.isClosed) this.isBroken = true;
      } else if (byte === COMMA || byte === COLON || byte >= OPEN_ARRAY) this.takeSign(byte, at);
      else if (this.isClosed && !isSpace(byte)) this.isBroken = true;
    }
    this.at = at;
    this.isInText = isInText;
    if (at < bytes.length) return false;
    if (this.base === 0) this.cut(bytes.length);
    else if (!this.isClosed) this.isBroken = true;
    return true;
  }

  /** A sign of the grammar, or a letter of a word such as `true`. */
  private takeSign(byte: number, at: number): void {
    if (this.isClosed) this.isBroken = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      this.depth += 1;
      this.count();
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      this.depth -= 1;
      if (this.base === 1 && this.depth === 0) this.close(byte, at);
    } else if (byte === COLON) {
      if (this.depth === this.base + 1) this.name = [this.quote, at];
    } else if (byte === COMMA) {
      if (this.base === 1 && this.depth === 1) this.cut(at);
      else this.count();
    }
  }

  private count(): void {
    this.values += 1;
    if (this.tooMuch) return;
    const levels = this.depth - this.base;
    if (levels > MOST_LEVELS) {
      this.tooMuch = { ...this.place(levels), detail: `is nested more than ${MOST_LEVELS} levels deep` };
    } else if (this.values - this.valuesBefore > MOST_VALUES) {
      this.tooMuch = { ...this.place(levels), detail: `an event holds at most ${MOST_VALUES} values` };
    }
  }

  private place(levels: number): Pick<EventError, 'pointer'> {
    if (levels < 2 || !this.name) return {};
    try {
      const name = JSON.parse(this.bytes.subarray(...this.name).toString()) as string;
      return { pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
    } catch {
      return {};
    }
  }

  /** The end of the batch. */
  private close(byte: number, at: number): void {
    this.isClosed = true;
    if (byte !== CLOSE_ARRAY) this.isBroken = true;
    const last = this.bytes.subarray(this.start, at);
    if (this.events.length > 0 || textStart(last) < last.length) this.cut(at);
  }

  private cut(at: number): void {
    if (this.events.length > (this.mostEvents ?? 0)) return;
    const bytes = this.bytes.subarray(this.start, at);
    this.events.push(this.tooMuch ? { bytes, tooMuch: this.tooMuch } : { bytes });
    this.start = at + 1;
    this.valuesBefore = this.values;
    this.tooMuch = undefined;
    this.name = undefined;
  }
}

/** Why JSON of at most a megabyte or so is not to be parsed; undefined when it can be. */
export function tooMuchIn(bytes: Buffer): EventError | undefined {
  if (bytes.length <= HARMLESS_BYTES) return undefined;
  const scanner = new JsonScanner(bytes);
  while (!scanner.step());
  return scanner.events[0]?.tooMuch;
}
