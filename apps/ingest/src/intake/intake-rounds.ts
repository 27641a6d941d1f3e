import { setTimeout as pause } from 'node:timers/promises';
import { EventLogError } from '#event-log';
import { type IncomingEvent, streamOf } from '#events';
import { decide, otherStreamFor, type PlacedEvent, type Verdict } from './decide.js';
import { type Outcome } from './outcome.js';
import { type StreamCache } from './stream-cache.js';
import { type StreamState } from './stream-state.js';
import { type Addition, type StreamWriter } from './stream-writer.js';

export interface IntakeOptions {
  /** When an event is refused: store nothing, leave it out, or store those before it. */
  readonly onRefusal: 'nothing' | 'skip' | 'stop';
  /** Check and store nothing. */
  readonly validateOnly?: boolean;
  /** How long to go on trying while the log is overloaded. */
  readonly patienceMs?: number;
}

interface Open extends PlacedEvent {
  readonly index: number;
}

type FirmVerdict = Exclude<Verdict, { kind: 'unread' }>;

const MOST_ROUNDS = 1_000;
const OVERLOAD_PAUSE_MS = 25;
/** Streams that are read at a time for one request. */
const MOST_READS = 16;

/** One request with any number of events: decides about them, stores what is new, and decides again what has to be. */
export class IntakeRounds {
  private readonly giveUp: number;
  private readonly readNow = new Set<string>();

  /** @param outcomes gets the outcome of each event as soon as it is known */
  constructor(
    private readonly cache: StreamCache,
    private readonly writer: StreamWriter,
    private readonly options: IntakeOptions,
    private readonly outcomes: Outcome[],
  ) {
    this.giveUp = Date.now() + (options.patienceMs ?? 0);
  }

  async accept(events: readonly IncomingEvent[]): Promise<Outcome[]> {
    const { onRefusal, validateOnly } = this.options;
    let open: Open[] = events.map((event, index) => ({ index, event, stream: streamOf(event) }));
    let started = false;
    for (let round = 0; open.length > 0; round += 1) {
      if (round === MOST_ROUNDS) throw new EventLogError('overloaded', 'the streams change too fast');
      const states = await this.statesFor(open);
      const verdicts: readonly Verdict[] = decide(open, states, this.writer.maxFactBytes);
      if (this.forgetDoubtful(verdicts, states) || !areFirm(verdicts)) continue;
      const refused = verdicts.findIndex(isRefused);
      if (validateOnly) return verdicts.map(asChecked);
      if (!started && refused >= 0 && onRefusal === 'nothing') return verdicts.map(refusalOnly);
      const end = !started && refused >= 0 && onRefusal === 'stop' ? refused + 1 : verdicts.length;
      open = await this.carryOut(open.slice(0, end), verdicts.slice(0, end), states);
      started = true;
    }
    return this.outcomes;
  }

  private async statesFor(events: readonly Open[]): Promise<Map<string, StreamState>> {
    const states = new Map<string, StreamState>();
    const missing = new Set<string>();
    const look = (stream: string) => {
      const state = states.get(stream) ?? this.cache.get(stream);
      if (state) states.set(stream, state);
      else missing.add(stream);
    };
    for (const placed of events) {
      look(placed.stream);
      const other = otherStreamFor(placed);
      if (other !== undefined) look(other);
    }
    // A log on another machine takes a while for each: some are asked for at a time.
    const open = missing.values();
    const read = async (): Promise<void> => {
      for (const stream of open) {
        this.readNow.add(stream);
        states.set(stream, await this.cache.load(stream));
      }
    };
    await Promise.all(Array.from({ length: Math.min(MOST_READS, missing.size) }, read));
    return states;
  }

  /** Makes the next round read again what this one cannot decide by. */
  private forgetDoubtful(verdicts: readonly Verdict[], states: ReadonlyMap<string, StreamState>): boolean {
    let forgotten = false;
    for (const verdict of verdicts) {
      const stream = doubtfulStream(verdict, this.readNow);
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
  ): Promise<Open[]> {
    const appended = await this.append(open, verdicts, states);
    const again: Open[] = [];
    for (let at = 0; at < verdicts.length; at += 1) {
      const verdict = verdicts[at]!;
      const { index } = open[at]!;
      if (verdict.kind === 'conflict' || verdict.kind === 'wrong') {
        this.outcomes[index] = { kind: verdict.kind, errors: verdict.errors };
        continue;
      }
      const fact = verdict.kind === 'new' ? verdict.fact : verdict.of;
      const before = verdict.kind === 'new' ? verdict.after : fact;
      if (before?.underWay) await before.underWay.ended();
      if (fact.position === undefined) again.push(open[at]!);
      else {
        const kind = verdict.kind === 'new' ? 'accepted' : 'duplicate';
        this.outcomes[index] = { kind, position: fact.position, recorded: fact.recorded };
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
  ): Promise<'done' | 'overloaded' | Error> {
    const byStream = new Map<string, Addition[]>();
    for (let at = 0; at < verdicts.length; at += 1) {
      const verdict = verdicts[at]!;
      // What waits for another stream gets its turn when that is durable.
      if (verdict.kind !== 'new' || verdict.after) continue;
      const { event, stream } = open[at]!;
      const addition = { event, fact: verdict.fact };
      const additions = byStream.get(stream);
      if (additions) additions.push(addition);
      else byStream.set(stream, [addition]);
    }
    // All have ended before an error is told: nothing of the request is under way any more.
    const failures = await this.appendAll(byStream, states);
    const fatal = failures.find((failure) => !isOverload(failure) || Date.now() >= this.giveUp);
    if (fatal) return fatal;
    return failures.length > 0 ? 'overloaded' : 'done';
  }

  /** Resolves with what failed when all have ended. */
  private appendAll(
    byStream: ReadonlyMap<string, readonly Addition[]>,
    states: ReadonlyMap<string, StreamState>,
  ): Promise<Error[]> {
    return new Promise((resolve) => {
      const failures: Error[] = [];
      let underWay = 1;
      const ended = (failure?: Error) => {
        if (failure) failures.push(failure);
        underWay -= 1;
        if (underWay === 0) resolve(failures);
      };
      for (const [stream, additions] of byStream) {
        const append = this.writer.add(stream, states.get(stream)!, additions);
        if (!append) continue;
        underWay += 1;
        append.whenEnded(ended);
      }
      ended();
    });
  }
}

export const isOverload = (error: Error) => error instanceof EventLogError && error.code === 'overloaded';

const isRefused = ({ kind }: { readonly kind: string }) => kind === 'conflict' || kind === 'wrong';

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
