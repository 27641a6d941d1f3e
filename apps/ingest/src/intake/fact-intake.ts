import { setTimeout as pause } from 'node:timers/promises';
import { type AppendRequest, type EventLog, EventLogError } from '#event-log';
import { type EventError, type Fact, type IncomingEvent, toFact } from '#events';
import { appendSurely } from './append-surely.js';
import { decide, streamsFor, type Verdict } from './decide.js';
import { StreamCache } from './stream-cache.js';
import { type KnownFact, type StreamState } from './stream-state.js';

/** What became of an event. */
export type Outcome =
  | { readonly kind: 'accepted' | 'duplicate'; readonly position: number; readonly recorded: number }
  /** Only checked. */
  | { readonly kind: 'acceptable' | 'known' }
  /** Left alone, because another event of the request was refused. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'conflict' | 'wrong'; readonly errors: readonly EventError[] };

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

type NewVerdict = Extract<Verdict, { kind: 'new' }>;

const MOST_ROUNDS = 1_000;
const OVERLOAD_PAUSE_MS = 25;

const isRefused = ({ kind }: { readonly kind: string }) => kind === 'conflict' || kind === 'wrong';

/**
 * Takes checked events into the log, each once. There are no locks: what is on its way counts as being there, many
 * requests for one stream share a commit, and the expected revision refuses an append whose ground has changed; then
 * its stream is read again and decided anew.
 */
export class FactIntake {
  private readonly cache: StreamCache;
  private lastInstant = 0;

  constructor(
    private readonly log: EventLog,
    options: { readonly maxCachedFacts?: number } = {},
  ) {
    this.cache = new StreamCache(log, options.maxCachedFacts);
  }

  /**
   * What became of each event, in their order; resolves when what is new is durable, and what is known too.
   *
   * @throws EventLogError when the log cannot do its work; a part of the events may be stored then
   */
  async accept(events: readonly IncomingEvent[], options: IntakeOptions): Promise<Outcome[]> {
    const outcomes = events.map((): Outcome => ({ kind: 'untouched' }));
    let open: Open[] = events.map((event, index) => ({ index, event }));
    const giveUp = Date.now() + (options.patienceMs ?? 0);
    const readNow = new Set<string>();
    let started = false;
    for (let round = 0; open.length > 0; round += 1) {
      if (round === MOST_ROUNDS) throw new EventLogError('overloaded', 'the streams change too fast');
      const states = await this.statesFor(open, readNow);
      const verdicts = decide(
        open.map(({ event }) => event),
        states,
      );
      if (this.forgetDoubtful(verdicts, states, readNow)) continue;
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

  private async statesFor(open: readonly Open[], readNow: Set<string>): Promise<Map<string, StreamState>> {
    const states = new Map<string, StreamState>();
    const missing = new Set<string>();
    for (const { event } of open) {
      for (const stream of streamsFor(event)) {
        const state = this.cache.get(stream);
        if (state) states.set(stream, state);
        else missing.add(stream);
      }
    }
    for (const stream of missing) {
      readNow.add(stream);
      states.set(stream, await this.cache.load(stream));
    }
    return states;
  }

  /** That something is missing is believed only of a stream that was read for this request: another process may write. */
  private forgetDoubtful(
    verdicts: readonly Verdict[],
    states: ReadonlyMap<string, StreamState>,
    readNow: ReadonlySet<string>,
  ): boolean {
    let forgotten = false;
    for (const verdict of verdicts) {
      if (verdict.kind !== 'wrong' || verdict.missingIn === undefined || readNow.has(verdict.missingIn))
        continue;
      this.cache.forget(verdict.missingIn, states.get(verdict.missingIn));
      forgotten = true;
    }
    return forgotten;
  }

  /** Appends what is new and waits for what is on its way; returns what has to be decided again. */
  private async carryOut(
    open: readonly Open[],
    verdicts: readonly Verdict[],
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
    if (appended === 'overloaded') await pause(OVERLOAD_PAUSE_MS * (0.5 + Math.random()));
    return again;
  }

  /** Up to its first `await` it runs in one go: facts get their recorded times in the order of the log. */
  private async append(
    open: readonly Open[],
    verdicts: readonly Verdict[],
    states: ReadonlyMap<string, StreamState>,
    giveUp: number,
  ): Promise<'done' | 'overloaded'> {
    const groups = new Map<string, { added: NewVerdict[]; facts: Fact[] }>();
    const accepted = this.now();
    for (const [at, verdict] of verdicts.entries()) {
      // What waits for another stream gets its turn when that is durable.
      if (verdict.kind !== 'new' || verdict.after) continue;
      const { event } = open[at]!;
      const recorded = event.recordedTime ?? accepted;
      verdict.fact.recorded = recorded;
      const group = groups.get(verdict.stream) ?? { added: [], facts: [] };
      group.added.push(verdict);
      group.facts.push(toFact(event, { recorded, accepted }));
      groups.set(verdict.stream, group);
    }
    const appends = [...groups].map(([stream, { added, facts }]) =>
      this.appendTo(stream, states.get(stream)!, added, facts),
    );
    const errors = (await Promise.all(appends)).filter((error) => error !== undefined);
    const [fatal] = errors.filter((error) => !(isOverload(error) && Date.now() < giveUp));
    if (fatal) throw fatal;
    return errors.length > 0 ? 'overloaded' : 'done';
  }

  /** Gives the error, if there is one: others of the same request must have ended before it is told. */
  private appendTo(
    stream: string,
    state: StreamState,
    added: readonly NewVerdict[],
    facts: readonly Fact[],
  ): Promise<Error | undefined> {
    const request: AppendRequest = { stream, expectedRevision: state.revision, facts };
    const outcome = appendSurely(this.log, request).then(
      (appended) => {
        if (appended.kind === 'appended') place(added, appended.positions);
        else this.cache.forget(stream, state);
        return undefined;
      },
      (error: Error) => {
        this.cache.forget(stream, state);
        return error;
      },
    );
    const settled = outcome.then(() => undefined);
    for (const { key, fact } of added) {
      fact.settled = settled;
      state.facts.set(key, fact);
    }
    state.revision += facts.length;
    this.cache.grew(stream, state, added.length);
    return outcome;
  }

  /** The clock, which never goes back. */
  private now(): number {
    this.lastInstant = Math.max(this.lastInstant, Date.now());
    return this.lastInstant;
  }
}

function place(added: readonly NewVerdict[], positions: readonly number[]): void {
  for (const [at, { fact }] of added.entries()) {
    fact.position = positions[at];
    delete (fact as Partial<KnownFact>).settled;
  }
}

const isOverload = (error: Error) => error instanceof EventLogError && error.code === 'overloaded';

function asChecked(verdict: Verdict): Outcome {
  if (verdict.kind === 'new') return { kind: 'acceptable' };
  if (verdict.kind === 'duplicate') return { kind: 'known' };
  return { kind: verdict.kind, errors: verdict.errors };
}

function refusalOnly(verdict: Verdict): Outcome {
  return verdict.kind === 'conflict' || verdict.kind === 'wrong'
    ? { kind: verdict.kind, errors: verdict.errors }
    : { kind: 'untouched' };
}
