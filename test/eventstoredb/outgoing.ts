import { setTimeout as pause } from 'node:timers/promises';
import { type ServerWritableStream } from '@grpc/grpc-js';
import { type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type Faults } from './faults.js';
import { type Failure } from './messages.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export interface Counts {
  eventsSent: number;
  invalidPositions: number;
}

/** Answers that wait to be sent, at most. */
const MOST_WAITING = 256;

/** The answers of a read or a subscription: no more are made than the client takes. */
export class Outgoing {
  private events = 0;

  constructor(
    private readonly call: ReadCall,
    private readonly faults: Faults,
    private readonly counts: Counts,
  ) {}

  get isOver(): boolean {
    return this.call.cancelled || this.call.destroyed || this.call.writableEnded;
  }

  /** A promise when the next answer has to wait. */
  send(response: ReadResp): Promise<void> | undefined {
    if (this.isOver) return undefined;
    if (this.faults.delayMs > 0 || this.faults.silent) return this.sendLate(response);
    return this.write(response);
  }

  end(): void {
    if (!this.isOver) this.call.end();
  }

  fail(failure: Failure): void {
    if (/invalid ?position/i.test(failure.details)) this.counts.invalidPositions += 1;
    if (!this.isOver) this.call.emit('error', failure);
  }

  private async sendLate(response: ReadResp): Promise<void> {
    if (this.faults.delayMs > 0) await pause(this.faults.delayMs);
    while (this.faults.silent && !this.isOver) await pause(20);
    if (!this.isOver) await this.write(response);
  }

  private write(response: ReadResp): Promise<void> | undefined {
    if (response.hasEvent()) {
      this.events += 1;
      if (this.faults.endsAfter > 0 && this.events > this.faults.endsAfter) {
        this.end();
        return undefined;
      }
      this.counts.eventsSent += 1;
    }
    return this.call.write(response) || this.call.writableLength < MOST_WAITING ? undefined : this.room();
  }

  private room(): Promise<void> {
    const signs = ['drain', 'close', 'cancelled'];
    return new Promise((resolve) => {
      const done = () => {
        for (const sign of signs) this.call.off(sign, done);
        resolve();
      };
      for (const sign of signs) this.call.on(sign, done);
    });
  }
}
