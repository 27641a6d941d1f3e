import { type EventLog } from '#event-log';
import { type IncomingEvent, streamOf } from '#events';
import { newFact } from './decide.js';
import { sizeError } from './fact-size.js';
import { type IntakeOptions, IntakeRounds, isOverload } from './intake-rounds.js';
import { IntakeInterrupted, type Outcome } from './outcome.js';
import { StreamCache } from './stream-cache.js';
import { StreamWriter } from './stream-writer.js';

const UNTOUCHED: Outcome = { kind: 'untouched' };

/**
 * Takes checked events into the log, each once. What is on its way counts as being there, so requests need not wait for
 * each other; the expected revision refuses an append whose ground has changed, and what was decided on it is decided
 * anew.
 */
export class FactIntake {
  private readonly cache: StreamCache;
  private readonly writer: StreamWriter;

  constructor(
    private readonly log: EventLog,
    options: { readonly maxCachedFacts?: number } = {},
  ) {
    this.cache = new StreamCache(log, options.maxCachedFacts);
    this.writer = new StreamWriter(log, this.cache);
  }

  /**
   * What became of each event, in their order; resolves when what is new is durable, and what is known too.
   *
   * @throws IntakeInterrupted by an EventLogError when the log cannot do its work; it tells which are stored
   */
  async accept(events: readonly IncomingEvent[], options: IntakeOptions): Promise<Outcome[]> {
    const outcomes = events.map((): Outcome => UNTOUCHED);
    try {
      if (events.length === 1) {
        const outcome = await this.acceptNew(events[0]!, options);
        if (outcome) return [outcome];
      }
      return await new IntakeRounds(this.cache, this.writer, options, outcomes).accept(events);
    } catch (error) {
      throw new IntakeInterrupted(outcomes, error);
    }
  }

  /** Position of the last fact of the log. */
  head(): Promise<number> {
    return this.log.head();
  }

  /**
   * The way that nearly every single event goes, without what it takes to decide about many: it is new, and nothing
   * changes its stream meanwhile. Undefined where it is not so and nothing has been stored.
   */
  private async acceptNew(event: IncomingEvent, options: IntakeOptions): Promise<Outcome | undefined> {
    if (options.validateOnly || event.name === 'retracted') return undefined;
    const stream = streamOf(event);
    const state = this.cache.get(stream) ?? (await this.cache.load(stream));
    if (state.facts.find(event) || sizeError(event, this.log.maxFactBytes)) return undefined;
    const fact = newFact(event);
    const failure = await this.writer.add(stream, state, [{ event, fact }])?.ended();
    if (failure && !(isOverload(failure) && options.patienceMs)) throw failure;
    if (fact.position === undefined) return undefined;
    return { kind: 'accepted', position: fact.position, recorded: fact.recorded };
  }
}
