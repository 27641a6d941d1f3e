import { type EventLog } from '#event-log';
import { type Fact, type IncomingEvent, toFact } from '#events';
import { appendSurely } from './append-surely.js';
import { type StreamCache } from './stream-cache.js';
import { type KnownFact, type StreamState } from './stream-state.js';

/** A new fact on its way into a stream. */
export interface Addition {
  readonly event: IncomingEvent;
  /** Gets its position and recorded time when it is durable. */
  readonly fact: KnownFact;
}

/** Why an append failed; undefined when it did not, or when the stream has to be looked at again. */
export type Failure = Error | undefined;

/** Additions that go into the log with one append. */
export class WaitingAppend {
  readonly additions: Addition[] = [];
  private listeners: ((failure: Failure) => void)[] = [];

  /** Calls back, once, when it is known what became of the additions. */
  whenEnded(listener: (failure: Failure) => void): void {
    this.listeners.push(listener);
  }

  /** Resolves when it is known what became of the additions; never rejects. */
  ended(): Promise<Failure> {
    return new Promise((resolve) => this.whenEnded(resolve));
  }

  end(failure?: Failure): void {
    const { listeners } = this;
    this.listeners = [];
    for (const { fact } of this.additions) fact.underWay = undefined;
    for (const listener of listeners) listener(failure);
  }
}

/**
 * Writes to streams, one append at a time for each: what comes while one is under way goes together into the next.
 * So an append is only made when everything before it is known to be durable, and what it was decided on holds
 * exactly when the log finds the expected revision.
 *
 * A file of facts is one append for nearly every line, so each makes do with few promises.
 */
export class StreamWriter {
  private lastInstant = 0;

  constructor(
    private readonly log: Pick<EventLog, 'append' | 'maxFactBytes'>,
    private readonly cache: StreamCache,
  ) {}

  /** Of a fact as JSON. */
  get maxFactBytes(): number {
    return this.log.maxFactBytes;
  }

  /**
   * Gives the append that takes the additions along: when it has ended, those without a position are not in the log.
   * Undefined when they have to be decided anew, because the stream is not as it was thought to be.
   */
  add(stream: string, state: StreamState, additions: readonly Addition[]): WaitingAppend | undefined {
    if (state.isWrong) return undefined;
    const append = state.next ?? new WaitingAppend();
    for (const addition of additions) {
      append.additions.push(addition);
      addition.fact.underWay = append;
      state.facts.add(addition.fact);
    }
    this.cache.grew(stream, state, additions.length);
    if (state.isBusy) state.next = append;
    else this.write(stream, state, append);
    return append;
  }

  /** It runs in one go, so that recorded times are given in the order of the log. */
  private write(stream: string, state: StreamState, append: WaitingAppend): void {
    state.isBusy = true;
    const request = { stream, expectedRevision: state.revision, facts: this.factsOf(append.additions) };
    appendSurely(this.log, request).then(
      (outcome) => {
        if (outcome.kind === 'appended') take(append.additions, state, outcome.positions);
        else this.giveUp(stream, state);
        this.end(stream, state, append);
      },
      (error: Error) => {
        this.giveUp(stream, state);
        this.end(stream, state, append, error);
      },
    );
  }

  private end(stream: string, state: StreamState, append: WaitingAppend, failure?: Failure): void {
    append.end(failure);
    state.isBusy = false;
    const { next } = state;
    state.next = undefined;
    if (!next) return;
    if (state.isWrong) next.end();
    else this.write(stream, state, next);
  }

  private giveUp(stream: string, state: StreamState): void {
    state.isWrong = true;
    this.cache.forget(stream, state);
  }

  private factsOf(additions: readonly Addition[]): Fact[] {
    // The clock never goes back.
    const accepted = (this.lastInstant = Math.max(this.lastInstant, Date.now()));
    return additions.map(({ event, fact }) => {
      fact.recorded = event.recordedTime ?? accepted;
      return toFact(event, { recorded: fact.recorded, accepted });
    });
  }
}

function take(additions: readonly Addition[], state: StreamState, positions: readonly number[]): void {
  state.revision += additions.length;
  for (let at = 0; at < additions.length; at += 1) {
    const { fact } = additions[at]!;
    fact.position = positions[at];
    fact.data = undefined;
  }
}
