import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerWritableStream } from '@grpc/grpc-js';
import { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type Faults } from './faults.js';
import { type Failure } from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** The answers of a read or a subscription: no more are made than the client takes. */
export class Outgoing {
  private events = 0;

  constructor(
    private readonly call: ReadCall,
    private readonly faults: Faults,
  ) {}

  get isOver(): boolean {
    return this.call.cancelled || this.call.destroyed || this.call.writableEnded;
  }

  async send(response: ReadResp): Promise<void> {
    if (this.isOver) return;
    if (this.faults.delayMs > 0) await pause(this.faults.delayMs);
    while (this.faults.silent && !this.isOver) await pause(20);
    if (this.isOver) return;
    if (response.hasEvent()) {
      this.events += 1;
      if (this.faults.endsAfter > 0 && this.events > this.faults.endsAfter) return this.end();
    }
    if (this.call.write(response)) return;
    await Promise.race([once(this.call, 'drain'), once(this.call, 'close'), once(this.call, 'cancelled')]);
  }

  end(): void {
    if (!this.isOver) this.call.end();
  }

  fail(failure: Failure): void {
    if (!this.isOver) this.call.emit('error', failure);
  }
}
