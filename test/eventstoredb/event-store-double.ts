import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Server,
  ServerCredentials,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { AppendService } from './append-service.js';
import { type Faults, NO_FAULTS } from './faults.js';
import { failure, notLeader } from './messages.js';
import { NodeStore } from './node-store.js';
import { type Counts } from './outgoing.js';
import { ReadService } from './read-service.js';

const VERSION = '24.6.0.0';
const DEFAULT_MAX_APPEND_BYTES = 1024 * 1024;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface DoubleOptions {
  /** Keeps the log there, in `chunk.log`; in memory only when absent. */
  readonly folder?: string;
  /** What another one keeps, as in a cluster. */
  readonly store?: NodeStore;
  /** Any free one when absent. */
  readonly port?: number;
  readonly maxAppendBytes?: number;
  /** PEM files; without encryption when absent. */
  readonly tls?: {
    readonly certificate: string;
    readonly key: string;
    /** Who signs the certificates that clients have to show; they need none when absent. */
    readonly clientAuthority?: string;
  };
  /** Who may do anything; everybody when absent. */
  readonly login?: { readonly name: string; readonly password: string };
}

/** A node of EventStoreDB as far as this program uses one, over real gRPC. Its faults can be switched on. */
export class EventStoreDouble {
  readonly faults: Faults = { ...NO_FAULTS };
  /** Calls that came, by method. */
  readonly calls: Record<string, number> = {};
  /** Events sent to whoever reads or follows, and reads that began where nothing begins. */
  readonly counts: Counts = { eventsSent: 0, invalidPositions: 0 };
  port = 0;
  private store: NodeStore | undefined;
  private server: Server | undefined;

  constructor(private readonly options: DoubleOptions = {}) {}

  static async start(options: DoubleOptions = {}): Promise<EventStoreDouble> {
    const double = new EventStoreDouble(options);
    await double.start();
    return double;
  }

  /** What it has stored; there is nothing before it has started. */
  get node(): NodeStore {
    if (!this.store) throw new Error('the node was never started');
    return this.store;
  }

  get url(): string {
    const { login, tls } = this.options;
    const who = login ? `${login.name}:${encodeURIComponent(login.password)}@` : '';
    return `esdb://${who}127.0.0.1:${this.port}?tls=${tls !== undefined}`;
  }

  /** Starts, or starts again at the same port with what was stored. */
  async start(): Promise<void> {
    const { folder, tls } = this.options;
    if (this.options.store) this.store = this.options.store;
    else if (!this.store || folder)
      this.store = new NodeStore(folder ? join(folder, 'chunk.log') : undefined);
    const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES });
    this.addServices(server, this.store);
    const credentials = tls
      ? ServerCredentials.createSsl(
          tls.clientAuthority === undefined ? null : readFileSync(tls.clientAuthority),
          [{ cert_chain: readFileSync(tls.certificate), private_key: readFileSync(tls.key) }],
          tls.clientAuthority !== undefined,
        )
      : ServerCredentials.createInsecure();
    const address = `127.0.0.1:${this.port || this.options.port || 0}`;
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port)));
    });
    this.server = server;
  }

  /** Breaks all connections at once, as a killed process does. */
  async kill(): Promise<void> {
    this.server?.forceShutdown();
    this.server = undefined;
    if (this.options.folder) this.store?.close();
  }

  /** Ends all calls as if they had come to their end, then stops. */
  async stopGracefully(): Promise<void> {
    this.faults.endsAfter = 0;
    for (const end of this.open) end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await this.kill();
  }

  /** Ends all streams of answers as if nothing were to follow, and goes on. */
  endStreams(): void {
    for (const end of this.open) end();
  }

  private readonly open = new Set<() => void>();

  private addServices(server: Server, store: NodeStore): void {
    const { maxAppendBytes = DEFAULT_MAX_APPEND_BYTES } = this.options;
    const appends = new AppendService(store, this.faults, maxAppendBytes);
    const reads = new ReadService(store, this.faults, this.counts);
    type Handlers = Record<string, (call: never, answer: never) => void>;
    const add = (service: unknown, handlers: Handlers) => {
      const guarded = Object.entries(handlers).map(([name, handle]) => [name, this.guard(name, handle)]);
      server.addService(
        service as Parameters<Server['addService']>[0],
        Object.fromEntries(guarded) as UntypedServiceImplementation,
      );
    };
    add(StreamsService, {
      read: (call: Parameters<ReadService['read']>[0]) => void reads.read(call),
      append: (call: Parameters<AppendService['append']>[0], answer: never) => appends.append(call, answer),
      batchAppend: (call: Parameters<AppendService['batchAppend']>[0]) => appends.batchAppend(call),
      delete: (call: Parameters<AppendService['delete']>[0], answer: never) =>
        appends.delete(call, answer, false),
      tombstone: (call: Parameters<AppendService['delete']>[0], answer: never) =>
        appends.delete(call, answer, true),
    });
    add(ServerFeaturesService, {
      getSupportedMethods: (_call: never, answer: (error: unknown, value?: unknown) => void) => {
        if (this.faults.failedProbes > 0) {
          this.faults.failedProbes -= 1;
          return answer(failure(status.UNAVAILABLE, 'the probe fails'));
        }
        if (!this.faults.silent) answer(null, supportedMethods());
      },
    });
    add(GossipService, {
      read: (_call: never, answer: (error: unknown, value?: unknown) => void) => answer(null, this.members()),
    });
  }

  /** What every call goes through: counting, the login, and the faults that keep it from being taken on. */
  private guard(name: string, handle: (call: never, answer: never) => void) {
    return (call: GuardedCall, answer: ((error: Partial<ServiceError>) => void) | undefined): void => {
      this.calls[name] = (this.calls[name] ?? 0) + 1;
      const refuse = (reason: Partial<ServiceError>) => {
        if (answer) answer(reason);
        else call.emit('error', reason);
      };
      if (this.faults.unavailable) return refuse(failure(status.UNAVAILABLE, 'the node is starting'));
      const { leaderAt } = this.faults;
      if (leaderAt && call.metadata.get('requires-leader')[0] === 'true') return refuse(notLeader(leaderAt));
      if (!this.mayCall(call)) {
        return refuse(failure(status.UNAUTHENTICATED, 'Unauthenticated'));
      }
      if (call.end && !answer) {
        const end = () => call.end!();
        this.open.add(end);
        call.on('close', () => this.open.delete(end));
        call.on('cancelled', () => this.open.delete(end));
      }
      handle(call as never, answer as never);
    };
  }

  private mayCall(call: GuardedCall): boolean {
    const { login } = this.options;
    if (this.faults.refusesLogin) return false;
    if (!login) return true;
    const wanted = `Basic ${Buffer.from(`${login.name}:${login.password}`).toString('base64')}`;
    return call.metadata.get('authorization')[0] === wanted;
  }

  private members() {
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    const { leaderAt } = this.faults;
    const members = leaderAt
      ? [member('127.0.0.1', this.port, FOLLOWER), member(leaderAt.host, leaderAt.port, LEADER)]
      : [member('127.0.0.1', this.port, LEADER)];
    const info = new gossip.ClusterInfo();
    info.setMembersList(members);
    return info;
  }
}

type State = Parameters<InstanceType<typeof gossip.MemberInfo>['setState']>[0];

function member(host: string, port: number, state: State) {
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress(host);
  endPoint.setPort(port);
  const id = new shared.UUID();
  id.setString(crypto.randomUUID());
  const info = new gossip.MemberInfo();
  info.setInstanceId(id);
  info.setTimeStamp('0');
  info.setState(state);
  info.setIsAlive(true);
  info.setHttpEndPoint(endPoint);
  return info;
}

interface GuardedCall {
  readonly metadata: { get(key: string): unknown[] };
  emit(event: string, value: unknown): void;
  on(event: string, listener: () => void): void;
  end?(): void;
}

function supportedMethods() {
  const methods = ['read', 'append', 'batchappend', 'delete', 'tombstone'].map((name) => {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    return method;
  });
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion(VERSION);
  supported.setMethodsList(methods);
  return supported;
}
