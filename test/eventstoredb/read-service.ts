import { status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type Faults } from './faults.js';
import { eventResponse, failure, nameOf, notFoundResponse, streamDeleted } from './messages.js';
import { type NodeEvent } from './node-log.js';
import { type NodeStore } from './node-store.js';
import { type Counts, Outgoing, type ReadCall } from './outgoing.js';
import { type StartPosition, Subscription } from './subscription.js';

const Direction = streams.ReadReq.Options.ReadDirection;

const invalidPosition = () => failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');

/** Reads of a stream and of `$all` in both directions, and subscriptions to `$all`. */
export class ReadService {
  constructor(
    private readonly store: NodeStore,
    private readonly faults: Faults,
    private readonly counts: Counts,
  ) {}

  async read(call: ReadCall): Promise<void> {
    const outgoing = new Outgoing(call, this.faults, this.counts);
    if (this.faults.notReady) return outgoing.fail(failure(status.UNAVAILABLE, 'Server Is Not Ready'));
    if (this.faults.busy) return outgoing.fail(failure(status.UNAVAILABLE, 'Server Is Too Busy'));
    const options = call.request.getOptions()!;
    if (options.hasSubscription()) {
      if (!options.hasAll())
        return outgoing.fail(failure(status.UNIMPLEMENTED, 'only $all can be subscribed to'));
      return new Subscription(this.store, this.faults, outgoing, options).run(startOf(options));
    }
    if (options.hasStream()) return this.readStream(options, outgoing);
    return this.readAll(options, outgoing);
  }

  private async readStream(options: ReadReq.Options, outgoing: Outgoing): Promise<void> {
    const chosen = options.getStream()!;
    const name = nameOf(chosen.getStreamIdentifier());
    const stream = this.store.stream(name);
    if (stream === 'deleted') return outgoing.fail(streamDeleted(name));
    if (!stream) {
      await outgoing.send(notFoundResponse(name));
      return outgoing.end();
    }
    const isForward = options.getReadDirection() === Direction.FORWARDS;
    const from = chosen.hasRevision() ? Number(chosen.getRevision()) : chosen.hasEnd() ? Infinity : 0;
    const events = isForward
      ? stream.filter(({ revision }) => revision >= from)
      : stream.filter(({ revision }) => revision <= from).reverse();
    await this.sendAll(events.values(), Number(options.getCount()), outgoing);
  }

  private async readAll(options: ReadReq.Options, outgoing: Outgoing): Promise<void> {
    const isForward = options.getReadDirection() === Direction.FORWARDS;
    const index = this.startIndex(startOf(options));
    if (index === undefined) return outgoing.fail(invalidPosition());
    const events = isForward ? this.forwards(index) : this.backwards(index - 1);
    await this.sendAll(events, Number(options.getCount()), outgoing);
  }

  /** Goes on with what is added while it is read. */
  private *forwards(from: number): Generator<NodeEvent> {
    for (let index = from; index < this.store.events.length; index += 1) yield this.store.events[index]!;
  }

  private *backwards(from: number): Generator<NodeEvent> {
    for (let index = from; index >= 0; index -= 1) yield this.store.events[index]!;
  }

  private async sendAll(events: Iterable<NodeEvent>, count: number, outgoing: Outgoing): Promise<void> {
    let left = count;
    for (const event of events) {
      if (left <= 0 || outgoing.isOver) break;
      left -= 1;
      const room = outgoing.send(eventResponse(event));
      if (room) await room;
    }
    outgoing.end();
  }

  private startIndex(start: StartPosition): number | undefined {
    if (start === 'start') return 0;
    if (start === 'end') return this.store.events.length;
    return this.store.indexAt(start.commit);
  }
}

function startOf(options: ReadReq.Options): StartPosition {
  const all = options.getAll()!;
  if (all.hasStart()) return 'start';
  if (all.hasEnd()) return 'end';
  const position = all.getPosition()!;
  return { commit: Number(position.getCommitPosition()), prepare: Number(position.getPreparePosition()) };
}
