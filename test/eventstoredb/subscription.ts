import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type Faults } from './faults.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  failure,
} from './messages.js';
import { type NodeEvent } from './node-log.js';
import { type NodeStore } from './node-store.js';
import { type Outgoing } from './outgoing.js';

export type StartPosition = 'start' | 'end' | { readonly commit: number; readonly prepare: number };

/** Events that a node reads at a time for a subscriber. */
const READ_BATCH = 32;

const BEYOND = { commit: 2 ** 60, prepare: 2 ** 60 };

interface Place {
  readonly commit: number;
  readonly prepare: number;
}

/**
 * A subscription to `$all`, which a filter may thin out. While it catches up it tells checkpoints between pages, and
 * such a one stands *before* the page it was told after; when it has caught up it says so; from then on every checkpoint
 * is the place of an event that was looked at.
 */
export class Subscription {
  private readonly wants: (event: NodeEvent) => boolean;
  private readonly isFiltered: boolean;
  private readonly window: number;
  private readonly interval: number;
  private index = 0;
  private checkpoint: Place | undefined;
  private told: Place | undefined;
  private considered = 0;

  constructor(
    private readonly store: NodeStore,
    private readonly faults: Faults,
    private readonly outgoing: Outgoing,
    options: ReadReq.Options,
  ) {
    const filter = options.getFilter();
    this.isFiltered = filter !== undefined;
    this.wants = filterOf(filter);
    this.window = filter?.hasMax() ? filter.getMax() : READ_BATCH;
    this.interval = this.window * (filter?.getCheckpointintervalmultiplier() ?? 1);
  }

  async run(start: StartPosition): Promise<void> {
    const index = this.begin(start);
    await this.outgoing.send(confirmationResponse());
    if (index === undefined) {
      return this.outgoing.fail(failure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'));
    }
    this.index = index;
    await this.catchUp();
    if (!this.faults.hidesCaughtUp) await this.outgoing.send(caughtUpResponse());
    this.considered = 0;
    await this.live();
  }

  /** A subscription gives what comes after its position, not what stands at it. */
  private begin(start: StartPosition): number | undefined {
    if (start === 'start') return 0;
    if (start === 'end') return this.store.events.length;
    this.checkpoint = start;
    const index = this.store.indexAt(start.commit);
    const at = index === undefined ? undefined : this.store.events[index];
    return at?.position === start.commit && start.prepare >= start.commit ? index! + 1 : index;
  }

  private async catchUp(): Promise<void> {
    while (!this.outgoing.isOver) {
      const page = this.store.events.slice(this.index, this.index + this.window);
      const pageStart = page[0] ? { commit: page[0].position, prepare: 0 } : undefined;
      for (const event of page) {
        this.index += 1;
        const room = this.wants(event) ? this.sendEvent(event) : undefined;
        if (room) await room;
      }
      this.considered += page.length;
      if (this.index >= this.store.events.length) return this.sendCheckpoint();
      if (this.considered < this.interval) continue;
      this.considered %= this.interval;
      if (pageStart && (!this.checkpoint || this.checkpoint.commit < pageStart.commit))
        this.checkpoint = pageStart;
      await this.sendCheckpoint();
    }
  }

  private async live(): Promise<void> {
    while (!this.outgoing.isOver) {
      const event = this.store.events[this.index];
      if (!event) {
        await this.change();
        continue;
      }
      this.index += 1;
      if (this.faults.losesEvents || this.isPassed(event)) continue;
      const room = this.wants(event) ? this.sendEvent(event) : undefined;
      if (room) await room;
      this.considered += 1;
      if (this.considered < this.interval) continue;
      this.considered = 0;
      this.checkpoint = { commit: event.position, prepare: event.position };
      await this.sendCheckpoint();
    }
  }

  /** Whoever began beyond the end is not interested in what comes before there. */
  private isPassed({ position }: NodeEvent): boolean {
    const { checkpoint } = this;
    if (!checkpoint) return false;
    return position < checkpoint.commit || (position === checkpoint.commit && position <= checkpoint.prepare);
  }

  private async change(): Promise<void> {
    const stop = new AbortController();
    const look = setInterval(() => (this.outgoing.isOver ? stop.abort() : undefined), 50);
    await once(this.store.changes, 'appended', { signal: stop.signal }).catch(() => undefined);
    clearInterval(look);
  }

  private sendEvent(event: NodeEvent): Promise<void> | undefined {
    this.checkpoint = { commit: event.position, prepare: event.position };
    return this.outgoing.send(eventResponse(event));
  }

  private async sendCheckpoint(): Promise<void> {
    const { checkpoint, told } = this;
    if (!this.isFiltered || !checkpoint) return;
    if (
      told &&
      (checkpoint.commit < told.commit ||
        (checkpoint.commit === told.commit && checkpoint.prepare <= told.prepare))
    )
      return;
    this.told = checkpoint;
    const { commit, prepare } = this.faults.strangeCheckpoints ? BEYOND : checkpoint;
    await this.outgoing.send(checkpointResponse(commit, prepare));
  }
}

function filterOf(filter: ReadReq.Options.FilterOptions | undefined): (event: NodeEvent) => boolean {
  if (!filter) return () => true;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier()!;
  const subject = (event: NodeEvent) => (byType ? event.type : event.stream);
  const regex = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex());
  const prefixes = expression.getPrefixList();
  return (event) =>
    regex ? regex.test(subject(event)) : prefixes.some((prefix) => subject(event).startsWith(prefix));
}
