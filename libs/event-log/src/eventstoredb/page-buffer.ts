import { type StoredFact } from '#events';
import { type LogPage, type LogPosition } from '../event-log.port.js';

/** How long a page that is not full waits for more while the log is still being caught up with. */
const LINGER_MS = 100;

interface Mark {
  /** Applies when so many facts have been added. */
  readonly at: number;
  /** A checkpoint; absent where the mark says that everything there was has come. */
  readonly position?: LogPosition;
}

/**
 * Makes pages of facts that come one by one. It holds as much as two pages; who adds more has to wait. What a
 * subscription says about its progress takes effect behind the facts that it had sent before.
 */
export class PageBuffer {
  position: LogPosition;
  private facts: StoredFact[] = [];
  private added = 0;
  private marks: Mark[] = [];
  private isLive: boolean;
  private isFirst: boolean;
  private isClosed = false;
  private failure: { readonly error: unknown } | undefined;
  private onRoom: (() => void) | undefined;
  private onNews: (() => void) | undefined;
  private buffered: () => number = () => 0;

  constructor(
    after: LogPosition,
    /** Position of the last fact when it began. */
    private readonly end: LogPosition,
    private readonly size: number,
  ) {
    this.position = after;
    this.isLive = after >= end;
    // The first page is given even when empty: it says that the end has been reached.
    this.isFirst = this.isLive;
  }

  get hasNews(): boolean {
    return this.facts.length > 0 || this.failure !== undefined;
  }

  /** @param buffered how many facts have come and not been added yet */
  watch(buffered: () => number): void {
    this.buffered = buffered;
  }

  /** A promise when there is no room for another one yet. */
  add(fact: StoredFact): Promise<void> | undefined {
    this.facts.push(fact);
    this.added += 1;
    if (this.facts.length === 1 || this.facts.length >= this.size) this.onNews?.();
    if (this.isClosed || this.facts.length < 2 * this.size) return undefined;
    return new Promise((resolve) => (this.onRoom = resolve));
  }

  markCheckpoint(position: LogPosition): void {
    this.mark(position);
  }

  markCaughtUp(): void {
    this.mark();
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.onNews?.();
  }

  close(): void {
    this.isClosed = true;
    this.onRoom?.();
  }

  /** The next page; undefined when nothing came for so long, or the signal was given. Throws what it failed with. */
  async next(signal: AbortSignal, silenceMs: number): Promise<LogPage | undefined> {
    const until = Date.now() + silenceMs;
    while (!signal.aborted) {
      if (this.facts.length > 0 && !this.isFull && !this.isLive && !this.failure) {
        await this.news(signal, LINGER_MS);
      }
      const page = this.take();
      if (page) return page;
      if (this.failure) throw this.failure.error;
      const left = until - Date.now();
      if (left <= 0) return undefined;
      await this.news(signal, left);
    }
    return undefined;
  }

  private get isFull(): boolean {
    return this.facts.length >= this.size;
  }

  private take(): LogPage | undefined {
    const facts = this.facts.splice(0, this.size);
    const before = this.position;
    this.position = Math.max(before, facts.at(-1)?.position ?? before);
    const given = this.added - this.facts.length;
    while (this.marks[0] && this.marks[0].at <= given) {
      const { position } = this.marks.shift()!;
      if (position === undefined) this.isLive = true;
      else this.position = Math.max(this.position, position);
    }
    this.isLive ||= this.position >= this.end;
    this.onRoom?.();
    this.onRoom = undefined;
    if (facts.length === 0 && this.position === before && !this.isFirst) return undefined;
    this.isFirst = false;
    return { facts, position: this.position, caughtUp: this.isLive && this.facts.length === 0 };
  }

  private mark(position?: LogPosition): void {
    // Later in this turn a fact may be between the client's buffer and this one; at the start of the next none is.
    setImmediate(() => {
      this.marks.push({ at: this.added + this.buffered(), position });
      this.onNews?.();
    });
  }

  private news(signal: AbortSignal, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.onNews = undefined;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.onNews = wake;
    });
  }
}
