import { EventLogError } from '../event-log.error.js';
import { type AppendOutcome, type LogPosition } from '../event-log.port.js';
import { type AppendCall } from './append-pipe.js';
import { type FactEvent } from './fact-event.js';
import { type EventStoreDbSettings } from './settings.js';

type Store = (call: AppendCall) => Promise<AppendOutcome>;

/**
 * Brings appends to the node: those for one stream one after the other in the order of the calls, many streams at a
 * time, and never more waiting than there is room for.
 */
export class AppendQueue {
  /** The last append of each stream that has one. */
  private readonly tails = new Map<string, Promise<unknown>>();
  private readonly turns: (() => void)[] = [];
  private underWay = 0;
  private waitingFacts = 0;
  private waitingBytes = 0;

  constructor(
    private readonly store: Store,
    private readonly settings: EventStoreDbSettings,
  ) {}

  /** @throws EventLogError `overloaded` when too much is waiting, and the errors of storing */
  async add(call: AppendCall): Promise<AppendOutcome> {
    const facts = call.events.length;
    const bytes = call.events.reduce((sum, event) => sum + event.bytes, 0);
    this.requireRoom(facts, bytes);
    this.waitingFacts += facts;
    this.waitingBytes += bytes;
    const outcome = this.after(this.tails.get(call.stream), call, Date.now() + this.settings.patienceMs);
    const tail = outcome.catch(() => undefined);
    this.tails.set(call.stream, tail);
    try {
      return await outcome;
    } finally {
      if (this.tails.get(call.stream) === tail) this.tails.delete(call.stream);
      this.waitingFacts -= facts;
      this.waitingBytes -= bytes;
    }
  }

  /** Resolves when everything that was accepted has its outcome. */
  async settled(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }

  private async after(
    before: Promise<unknown> | undefined,
    call: AppendCall,
    giveUp: number,
  ): Promise<AppendOutcome> {
    if (before) await before;
    if (this.underWay >= this.settings.maxInFlight) {
      await new Promise<void>((resolve) => this.turns.push(resolve));
    } else this.underWay += 1;
    try {
      // Behind a node that is away everybody would wait for everybody else's patience.
      if (Date.now() >= giveUp) throw new EventLogError('unavailable', 'the node was away for too long');
      return await this.storeParts(call);
    } finally {
      const next = this.turns.shift();
      if (next) next();
      else this.underWay -= 1;
    }
  }

  /** A part that finds the stream changed ends the append: the parts before it stay, and a reader finds them. */
  private async storeParts({ stream, expectedRevision, events }: AppendCall): Promise<AppendOutcome> {
    const positions: LogPosition[] = [];
    for (const part of split(events, this.settings.maxAppendBytes)) {
      const next = expectedRevision + positions.length;
      const outcome = await this.store({ stream, expectedRevision: next, events: part }).catch((error) => {
        // The parts before this one are stored.
        throw positions.length === 0 ? error : unknownOutcome(error);
      });
      if (outcome.kind !== 'appended') return outcome;
      positions.push(...outcome.positions);
    }
    return { kind: 'appended', positions };
  }

  private requireRoom(facts: number, bytes: number): void {
    const { maxWaitingFacts, maxWaitingBytes } = this.settings;
    // An append larger than the bound is taken on when nothing else is waiting: otherwise it could never succeed.
    if (this.waitingFacts === 0) return;
    if (this.waitingFacts + facts <= maxWaitingFacts && this.waitingBytes + bytes <= maxWaitingBytes) return;
    throw new EventLogError(
      'overloaded',
      `${this.waitingFacts} facts (${this.waitingBytes} bytes) are waiting to be written`,
    );
  }
}

function unknownOutcome(error: unknown): EventLogError {
  const { message } = error as Error;
  return new EventLogError('outcome-unknown', `a part was stored: ${message}`, { cause: error });
}

/** The events in parts that a node takes in one call. */
export function split(events: readonly FactEvent[], maxBytes: number): FactEvent[][] {
  const parts: FactEvent[][] = [];
  let room = 0;
  for (const event of events) {
    if (event.bytes > maxBytes) {
      throw new EventLogError('invalid', `a fact of ${event.bytes} bytes is more than ${maxBytes}`);
    }
    if (event.bytes > room) {
      parts.push([]);
      room = maxBytes;
    }
    parts.at(-1)!.push(event);
    room -= event.bytes;
  }
  return parts;
}
