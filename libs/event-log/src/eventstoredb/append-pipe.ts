import { randomUUID } from 'node:crypto';
import { type ClientDuplexStream } from '@grpc/grpc-js';
import { convertToCommandError } from '@eventstore/db-client/dist/utils/CommandError.js';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type UUID } from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { NO_STREAM } from '../event-log.port.js';
import { CutShortError, TimeLimitError } from './client-failure.js';
import { type FactEvent } from './fact-event.js';

export type BatchAppendStream = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/** One append: the events of one stream, all or none. */
export interface AppendCall {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly FactEvent[];
}

/** What the node answers to an append that it carried out, or had carried out before. */
export interface AppendReply {
  /** Of the last event of the call. */
  readonly revision: number;
  /** In bytes; undefined where the node does not say. */
  readonly commit: bigint | undefined;
}

interface Pending {
  readonly resolve: (reply: AppendReply) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Many appends at a time through one batch-append call of one connection. A pipe whose call has failed or ended is over:
 * whatever was under way rejects, and so does every further append.
 */
export class AppendPipe {
  private readonly pending = new Map<string, Pending>();
  private end: Error | undefined;

  constructor(
    private readonly opening: Promise<BatchAppendStream>,
    private readonly limitMs: number,
  ) {
    opening.then(
      (stream) => {
        stream.on('data', (response: BatchAppendResp) => this.receive(response));
        stream.on('error', (error) => this.fail(convertToCommandError(error)));
        stream.on('end', () => this.fail(new CutShortError('the node ended the call')));
      },
      (error: Error) => this.fail(error),
    );
  }

  get isOver(): boolean {
    return this.end !== undefined;
  }

  get isIdle(): boolean {
    return this.pending.size === 0;
  }

  /**
   * Resolves when the events are durable. Rejects with the client's own errors (`WrongExpectedVersionError` and so on),
   * or with `TimeLimitError` when no answer came: then the outcome is not known.
   */
  append(call: AppendCall): Promise<AppendReply> {
    return new Promise((resolve, reject) => {
      if (this.end) throw this.end;
      const id = randomUUID();
      const timer = setTimeout(() => this.settle(id)?.reject(new TimeLimitError(this.limitMs)), this.limitMs);
      this.pending.set(id, { resolve, reject, timer });
      const message = messageOf(id, call);
      void this.opening.then(
        // The number of appends under way is bounded, and so is what the stream holds back.
        (stream) => (this.end ? undefined : stream.write(message)),
        () => undefined,
      );
    });
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.fail(new CutShortError('the connection was given up'));
    void this.opening.then(
      (stream) => stream.cancel(),
      () => undefined,
    );
  }

  private receive(response: BatchAppendResp): void {
    // An answer that comes after its time limit has nobody waiting for it.
    const pending = this.settle(textOf(response.getCorrelationId()));
    if (!pending) return;
    const error = response.getError();
    if (error) {
      const name = Buffer.from(response.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
      return pending.reject(
        error.getDetails() ? unpackToCommandError(error, name) : new Error(error.getMessage()),
      );
    }
    const success = response.getSuccess();
    const position = success?.getPosition();
    pending.resolve({
      revision: Number(success?.getCurrentRevision() ?? NO_STREAM),
      commit: position ? BigInt(position.getCommitPosition()) : undefined,
    });
  }

  private settle(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    this.pending.delete(id);
    return pending;
  }

  private fail(error: Error): void {
    this.end ??= error;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(error);
  }
}

function messageOf(id: string, { stream, expectedRevision, events }: AppendCall): BatchAppendReq {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  if (expectedRevision === NO_STREAM) options.setNoStream(new empty.Empty());
  else options.setStreamPosition(String(expectedRevision));
  // No deadline: it would be an instant by this machine's clock, and the node would compare it with its own.
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuid(id));
  request.setOptions(options);
  request.setProposedMessagesList(
    events.map((event) => {
      const message = new streams.BatchAppendReq.ProposedMessage();
      message.setId(uuid(event.id));
      message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
      message.setData(Buffer.from(event.data, 'utf8'));
      message.setCustomMetadata(Buffer.from(event.metadata, 'utf8'));
      return message;
    }),
  );
  request.setIsFinal(true);
  return request;
}

function uuid(text: string): UUID {
  const value = new shared.UUID();
  value.setString(text);
  return value;
}

/** A node gives a UUID back as text, or as two signed numbers of 64 bits. */
function textOf(value: UUID | undefined): string {
  const structured = value?.getStructured();
  if (!structured) return value?.getString() ?? '';
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
