import { type EventStoreDBClient } from '@eventstore/db-client';
import { type CallOptions, type Metadata } from '@grpc/grpc-js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { AppendPipe, type BatchAppendStream } from './append-pipe.js';

/** What the client shares with subclasses only (`protected`): its calls, its credentials, its channel. */
interface ClientInside {
  GRPCStreamCreator(
    kind: typeof StreamsClient,
    name: string,
    create: (client: StreamsClient) => BatchAppendStream,
  ): () => Promise<BatchAppendStream>;
  callArguments(options: object, callOptions: CallOptions): [Metadata, CallOptions];
  getChannel(): Promise<{ close(): void }>;
}

/** How long reads may go on over a connection that others have given up, before they are cut off. */
const LAST_ORDERS_MS = 60_000;

/**
 * One client with its pipe of appends. They go around the client's own `appendToStream`: it keeps the appends of the
 * whole process in one table, so that replacing a client ends the process (docs/decisions/0010).
 */
export class Connection {
  private readonly inside: ClientInside;
  private pipe: AppendPipe | undefined;
  private readers = 0;
  private isRetired = false;

  constructor(
    readonly client: EventStoreDBClient,
    private readonly limitMs: number,
  ) {
    this.inside = client as unknown as ClientInside;
  }

  get appends(): AppendPipe {
    if (!this.pipe || this.pipe.isOver) this.pipe = new AppendPipe(this.openBatchAppend(), this.limitMs);
    return this.pipe;
  }

  /** Says that a stream of answers is being read, which `release` ends. */
  hold(): void {
    this.readers += 1;
  }

  release(): void {
    this.readers -= 1;
    if (this.isRetired && this.readers === 0) this.close();
  }

  /** No new calls; streams that are being read may come to their end. */
  retire(): void {
    if (this.isRetired) return;
    this.isRetired = true;
    this.pipe?.cancel();
    if (this.readers === 0) this.close();
    else setTimeout(() => this.close(), LAST_ORDERS_MS).unref();
  }

  close(): void {
    this.isRetired = true;
    this.pipe?.cancel();
    const ended = this.client.dispose().then(() => this.inside.getChannel());
    ended.then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  private openBatchAppend(): Promise<BatchAppendStream> {
    const { inside } = this;
    return inside.GRPCStreamCreator(StreamsClient, 'append', (client) =>
      client.batchAppend(...inside.callArguments({}, { deadline: Infinity })),
    )();
  }
}

/** The connection in use. One that has failed is replaced: a client does not always recover by itself. */
export class Connections {
  private current: Connection | undefined;

  constructor(
    private readonly open: () => EventStoreDBClient,
    private readonly limitMs: number,
  ) {}

  use(): Connection {
    this.current ??= new Connection(this.open(), this.limitMs);
    return this.current;
  }

  /** To be called with the connection that a call failed on; of many such calls the first has an effect. */
  replace(failed: Connection): void {
    if (this.current !== failed) return;
    this.current = undefined;
    failed.retire();
  }

  close(): void {
    this.current?.close();
    this.current = undefined;
  }
}
