import { setTimeout as pause } from 'node:timers/promises';
import { type EventLog, EventLogError } from '#event-log';
import { type IncomingEvent, streamOf } from '#events';
import { decide, newFact, streamsFor, type Verdict } from './decide.js';
import { IntakeInterrupted, type Outcome } from './outcome.js';
import { StreamCache } from './stream-cache.js';
import { type StreamState } from './stream-state.js';
import { type Addition, type Failure, StreamWriter } from './stream-writer.js';

export interface IntakeOptions {
  /** When an event is refused: store nothing, leave it out, or store those before it. */
  readonly onRefusal: 'nothing' | 'skip' | 'stop';
  /** Check and store nothing. */
  readonly validateOnly?: boolean;
  /** How long to go on trying while the log is overloaded. */
  readonly patienceMs?: number;
}

interface Open {
  readonly index: number;
  readonly event: IncomingEvent;
}

type FirmVerdict = Exclude<Verdict, { kind: 'unread' }>;

const UNTOUCHED: Outcome = { kind: 'untouched' };
const MOST_ROUNDS = 1_000;
const OVERLOAD_PAUSE_MS = 25;
/** Streams that are read at a time for one request. */
const MOST_READS = 16;

const isRefused = ({ kind }: { readonly kind: string }) => kind === 'conflict' || kind === 'wrong';

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
      return await this.acceptInRounds(events, options, outcomes);
    } catch (error) {
      throw new IntakeInterrupted(outcomes, error);
    }
  }

  /**
   * The way that nearly every single event goes, without what it takes to decide about many: it is new, and nothing
   * changes its stream meanwhile. Undefined where it is not so and nothing has been stored.
   */
  private async acceptNew(event: IncomingEvent, options: IntakeOptions): Promise<Outcome | undefined> {
    if (options.validateOnly || event.name === 'retracted') return undefined;
    const stream = streamOf(event);
    const state = this.cache.get(stream) ?? (await this.cache.load(stream));
    if (state.facts.find(event)) return undefined;
    const fact = newFact(event);
    const failure = await this.writer.add(stream, state, [{ event, fact }]);
    if (failure && !(isOverload(failure) && options.patienceMs)) throw failure;
    if (fact.position === undefined) return undefined;
    return { kind: 'accepted', position: fact.position, recorded: fact.recorded };
  }

  private async acceptInRounds(
    events: readonly IncomingEvent[],
    options: IntakeOptions,
    outcomes: Outcome[],
  ): Promise<Outcome[]> {
    let open: Open[] = events.map((event, index) => ({ index, event }));
    const giveUp = Date.now() + (options.patienceMs ?? 0);
    const readNow = new Set<string>();
    let started = false;
    for (let round = 0; open.length > 0; round += 1) {
      if (round === MOST_ROUNDS) throw new EventLogError('overloaded', 'the streams change too fast');
      const states = await this.statesFor(open, readNow);
      const verdicts: readonly Verdict[] = decide(
        open.map(({ event }) => event),
        states,
      );
      if (this.forgetDoubtful(verdicts, states, readNow) || !areFirm(verdicts)) continue;
      const refused = verdicts.findIndex(isRefused);
      if (options.validateOnly) return verdicts.map(asChecked);
      if (!started && refused >= 0 && options.onRefusal === 'nothing') return verdicts.map(refusalOnly);
      const end = !started && refused >= 0 && options.onRefusal === 'stop' ? refused + 1 : verdicts.length;
      open = await this.carryOut(open.slice(0, end), verdicts.slice(0, end), states, outcomes, giveUp);
      started = true;
    }
    return outcomes;
  }

  /** Position of the last fact of the log. */
  head(): Promise<number> {
    return this.log.head();
  }

  private async statesFor(events: readonly Open[], readNow: Set<string>): Promise<Map<string, StreamState>> {
    const states = new Map<string, StreamState>();
    const missing = new Set<string>();
    for (const { event } of events) {
      for (const stream of streamsFor(event)) {
        const state = this.cache.get(stream);
        if (state) states.set(stream, state);
        else missing.add(stream);
      }
    }
    // A log on another machine takes a while for each: some are asked for at a time.
    const open = missing.values();
    const read = async (): Promise<void> => {
      for (const stream of open) {
        readNow.add(stream);
        states.set(stream, await this.cache.load(stream));
      }
    };
    await Promise.all(Array.from({ length: Math.min(MOST_READS, missing.size) }, read));
    return states;
  }

  /** Makes the next round read again what this one cannot decide by. */
  private forgetDoubtful(
    verdicts: readonly Verdict[],
    states: ReadonlyMap<string, StreamState>,
    readNow: ReadonlySet<string>,
  ): boolean {
    let forgotten = false;
    for (const verdict of verdicts) {
      const stream = doubtfulStream(verdict, readNow);
      if (stream === undefined) continue;
      this.cache.forget(stream, states.get(stream));
      forgotten = true;
    }
    return forgotten;
  }

  /** Appends what is new and waits for what is on its way; returns what has to be decided again. */
  private async carryOut(
    open: readonly Open[],
    verdicts: readonly FirmVerdict[],
    states: ReadonlyMap<string, StreamState>,
    outcomes: Outcome[],
    giveUp: number,
  ): Promise<Open[]> {
    const appended = await this.append(open, verdicts, states, giveUp);
    const again: Open[] = [];
    for (const [at, verdict] of verdicts.entries()) {
      const { index } = open[at]!;
      if (verdict.kind === 'conflict' || verdict.kind === 'wrong') {
        outcomes[index] = { kind: verdict.kind, errors: verdict.errors };
        continue;
      }
      const fact = verdict.kind === 'new' ? verdict.fact : verdict.of;
      if (verdict.kind === 'new' && verdict.after) await verdict.after.settled;
      if (verdict.kind === 'duplicate') await fact.settled;
      if (fact.position === undefined) again.push(open[at]!);
      else {
        const kind = verdict.kind === 'new' ? 'accepted' : 'duplicate';
        outcomes[index] = { kind, position: fact.position, recorded: fact.recorded };
      }
    }
    if (appended instanceof Error) throw appended;
    if (appended === 'overloaded') await pause(OVERLOAD_PAUSE_MS * (0.5 + Math.random()));
    return again;
  }

  private async append(
    open: readonly Open[],
    verdicts: readonly Verdict[],
    states: ReadonlyMap<string, StreamState>,
    giveUp: number,
  ): Promise<'done' | 'overloaded' | Error> {
    const byStream = new Map<string, Addition[]>();
    for (const [at, verdict] of verdicts.entries()) {
      // What waits for another stream gets its turn when that is durable.
      if (verdict.kind !== 'new' || verdict.after) continue;
      const addition = { event: open[at]!.event, fact: verdict.fact };
      const additions = byStream.get(verdict.stream);
      if (additions) additions.push(addition);
      else byStream.set(verdict.stream, [addition]);
    }
    const appends: Promise<Failure>[] = [];
    for (const [stream, additions] of byStream) {
      appends.push(this.writer.add(stream, states.get(stream)!, additions));
    }
    // All have ended before an error is told: nothing of the request is under way any more.
    const failures: Error[] = [];
    for (const append of appends) {
      const failure = await append;
      if (failure) failures.push(failure);
    }
    const fatal = failures.find((failure) => !isOverload(failure) || Date.now() >= giveUp);
    if (fatal) return fatal;
    return failures.length > 0 ? 'overloaded' : 'done';
  }
}

const isOverload = (error: Error) => error instanceof EventLogError && error.code === 'overloaded';

function areFirm(verdicts: readonly Verdict[]): verdicts is readonly FirmVerdict[] {
  return verdicts.every(({ kind }) => kind !== 'unread');
}

/**
 * The stream that has to be read before a verdict can be given or believed. That something is missing is believed only
 * of a stream that was read for this request, since another process may write.
 */
function doubtfulStream(verdict: Verdict, readNow: ReadonlySet<string>): string | undefined {
  if (verdict.kind === 'unread') return verdict.stream;
  if (verdict.kind !== 'wrong' || verdict.missingIn === undefined) return undefined;
  return readNow.has(verdict.missingIn) ? undefined : verdict.missingIn;
}

function asChecked(verdict: FirmVerdict): Outcome {
  if (verdict.kind === 'new') return { kind: 'acceptable' };
  if (verdict.kind === 'duplicate') return { kind: 'known' };
  return { kind: verdict.kind, errors: verdict.errors };
}

function refusalOnly(verdict: FirmVerdict): Outcome {
  return verdict.kind === 'conflict' || verdict.kind === 'wrong'
    ? { kind: verdict.kind, errors: verdict.errors }
    : { kind: 'untouched' };
}
