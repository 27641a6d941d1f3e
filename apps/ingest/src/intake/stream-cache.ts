import { type EventLog } from '#event-log';
import { StreamState } from './stream-state.js';

/** Facts kept in memory, over all streams; a fact takes some hundred bytes. */
const DEFAULT_MAX_FACTS = 30_000;
/** Share of the cache that may be taken in until a stream no longer counts as used just now. */
const STILL_NEW = 1 / 8;

/** The streams that were used last, so that a journey under way is not read again for each of its facts. */
export class StreamCache {
  /** From the stream that was not used for longest. */
  private readonly states = new Map<string, StreamState>();
  /** Goes along with the changes of the map: beginning anew would pass over the places of all that were dropped. */
  private oldest = this.states.entries();
  private readonly loading = new Map<string, Promise<StreamState>>();
  private weight = 0;
  /** All that was ever taken in: the clock of the cache. */
  private added = 0;

  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly maxFacts = DEFAULT_MAX_FACTS,
  ) {}

  get(stream: string): StreamState | undefined {
    const state = this.states.get(stream);
    if (state) this.touch(stream, state);
    return state;
  }

  /** Reads the stream from the log. */
  load(stream: string): Promise<StreamState> {
    const underWay = this.loading.get(stream);
    if (underWay) return underWay;
    const loading = this.read(stream).finally(() => this.loading.delete(stream));
    this.loading.set(stream, loading);
    return loading;
  }

  /** To be called when facts were added to a state. */
  grew(stream: string, state: StreamState, facts: number): void {
    if (this.states.get(stream) === state) this.add(facts);
  }

  /** Drops what is known when it turned out to be wrong; what was learnt since then stays. */
  forget(stream: string, state: StreamState | undefined): void {
    if (!state || this.states.get(stream) !== state) return;
    this.states.delete(stream);
    this.weight -= weightOf(state);
  }

  /** Moves a stream to those used last, unless it is among them: moving costs more than finding. */
  private touch(stream: string, state: StreamState): void {
    if (this.added - state.touched < this.maxFacts * STILL_NEW) return;
    state.touched = this.added;
    this.states.delete(stream);
    this.states.set(stream, state);
  }

  private async read(stream: string): Promise<StreamState> {
    const state = new StreamState(await this.log.readStream(stream));
    this.forget(stream, this.states.get(stream));
    this.states.set(stream, state);
    this.add(weightOf(state));
    state.touched = this.added;
    return state;
  }

  private add(facts: number): void {
    this.weight += facts;
    this.added += facts;
    while (this.weight > this.maxFacts && this.states.size > 1) {
      const next = this.oldest.next();
      if (next.done) this.oldest = this.states.entries();
      else this.forget(...next.value);
    }
  }
}

/** A stream without facts takes room too. */
function weightOf(state: StreamState): number {
  return state.facts.size + 1;
}
