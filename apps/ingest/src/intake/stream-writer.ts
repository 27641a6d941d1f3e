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
  readonly failure: Promise<Failure>;
  private tell!: (failure: Failure) => void;

  constructor() {
    this.failure = new Promise((resolve) => (this.tell = resolve));
  }

  end(failure?: Failure): void {
    this.tell(failure);
  }
}

/**
 * Writes to streams, one append at a time for each: what comes while one is under way goes together into the next.
 * So an append is only made when everything before it is known to be durable, and what it was decided on holds
 * exactly when the log finds the expected revision.
 */
export class StreamWriter {
  private lastInstant = 0;

  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly cache: StreamCache,
  ) {}

  /** Resolves when it is known what became of the additions: those without a position are not in the log. */
  add(stream: string, state: StreamState, additions: readonly Addition[]): Promise<Failure> {
    // What was decided on this state is to be decided anew.
    if (state.isWrong) return Promise.resolve(undefined);
    const append = state.next ?? new WaitingAppend();
    for (const addition of additions) {
      append.additions.push(addition);
      addition.fact.settled = append.failure;
      state.facts.add(addition.fact);
    }
    this.cache.grew(stream, state, additions.length);
    if (state.isBusy) state.next = append;
    else void this.write(stream, state, append);
    return append.failure;
  }

  /** Up to its first `await` it runs in one go, so that recorded times are given in the order of the log. */
  private async write(stream: string, state: StreamState, append: WaitingAppend): Promise<void> {
    state.isBusy = true;
    const facts = this.factsOf(append.additions);
    try {
      const outcome = await appendSurely(this.log, { stream, expectedRevision: state.revision, facts });
      if (outcome.kind === 'wrong-expected-revision') this.giveUp(stream, state);
      else {
        state.revision += facts.length;
        for (let at = 0; at < append.additions.length; at += 1) {
          const { fact } = append.additions[at]!;
          fact.position = outcome.positions[at];
          fact.settled = undefined;
          fact.data = undefined;
        }
      }
      append.end();
    } catch (error) {
      this.giveUp(stream, state);
      append.end(error as Error);
    }
    state.isBusy = false;
    const { next } = state;
    state.next = undefined;
    if (!next) return;
    if (state.isWrong) next.end();
    else void this.write(stream, state, next);
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
