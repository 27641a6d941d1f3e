import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';

/** What stands between a client and its MongoDB server, and what it can do to them. All can be switched while it runs. */
export interface ProxyFaults {
  /** Nothing comes through, in either direction, and nothing is closed. */
  silent: boolean;
  /** Milliseconds before every message to the server. */
  delayMs: number;
  /** Writes are refused as by a server without room on its disk. */
  full: boolean;
}

const OP_MSG = 2013;
const HEADER_BYTES = 16;
const WRITES = ['insert', 'update', 'findAndModify', 'delete', 'createIndexes'];
const OUT_OF_DISK_SPACE = {
  ok: 0,
  code: 14_031,
  codeName: 'OutOfDiskSpace',
  errmsg: 'no space left on device',
};

/** A proxy that understands the messages of MongoDB's protocol as far as its faults need. */
export class MongodbProxy {
  readonly faults: ProxyFaults = { silent: false, delayMs: 0, full: false };
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private ownPort = 0;

  constructor(private readonly targetPort: () => number) {}

  get port(): number {
    return this.ownPort;
  }

  /** Listens, at the same port as before where it did. */
  async start(): Promise<void> {
    const server = createServer((client) => this.join(client));
    server.listen(this.ownPort, '127.0.0.1');
    await once(server, 'listening');
    this.ownPort = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Breaks all connections and takes no more, as a server that is away. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.close();
    this.cut();
    await once(server, 'close');
  }

  /** Breaks all connections. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket): void {
    const target = connect(this.targetPort(), '127.0.0.1');
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    target.on('data', (data) => {
      if (!this.faults.silent) client.write(data);
    });
    let waiting = Buffer.alloc(0);
    client.on('data', (data) => {
      waiting = Buffer.concat([waiting, data]);
      while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
        const size = waiting.readInt32LE(0);
        this.pass(waiting.subarray(0, size), client, target);
        waiting = waiting.subarray(size);
      }
    });
  }

  private pass(message: Buffer, client: Socket, target: Socket): void {
    const { silent, delayMs, full } = this.faults;
    if (silent) return;
    if (full && isWrite(message)) client.write(refusalOf(message));
    else if (delayMs > 0) setTimeout(() => target.write(message), delayMs);
    else target.write(message);
  }
}

function isWrite(message: Buffer): boolean {
  if (message.readInt32LE(12) !== OP_MSG) return false;
  // After the flags, a first section of kind 0: the command itself.
  const start = HEADER_BYTES + 5;
  const command = BSON.deserialize(message.subarray(start, start + message.readInt32LE(start)));
  return WRITES.includes(Object.keys(command)[0]!);
}

function refusalOf(message: Buffer): Buffer {
  const body = BSON.serialize(OUT_OF_DISK_SPACE);
  const head = Buffer.alloc(HEADER_BYTES + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
