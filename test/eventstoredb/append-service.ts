import { setTimeout as pause } from 'node:timers/promises';
import {
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  status,
} from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type DeleteReq,
  type DeleteResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { type Faults } from './faults.js';
import {
  CODES,
  failure,
  identifierOf,
  nameOf,
  newEventOf,
  nothing,
  notLeader,
  packed,
  streamDeleted,
  tooLarge,
} from './messages.js';
import { type NewEvent } from './node-log.js';
import { type Expected, NO_STREAM, type NodeStore, type WriteResult } from './node-store.js';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface OpenWrite {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: NewEvent[];
}

/** Like a node, it counts what the events carry, over all of a call. */
const sizeOf = (events: readonly NewEvent[]) => events.reduce((sum, { data }) => sum + data.length, 0);

/** Appends, by the call for one and by the call for many, and deletes. */
export class AppendService {
  constructor(
    private readonly store: NodeStore,
    private readonly faults: Faults,
    private readonly maxAppendBytes: number,
  ) {}

  batchAppend(call: BatchCall): void {
    const open = new Map<string, OpenWrite>();
    call.on('data', (request: BatchAppendReq) => void this.take(call, open, request));
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    let write: OpenWrite | undefined;
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options)
        write = { stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), events: [] };
      else write?.events.push(newEventOf(request.getProposedMessage()!));
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      if (!write || this.faults.silent) return;
      if (this.faults.notReady) return answer(failure(status.UNAVAILABLE, 'Server Is Not Ready'));
      if (this.faults.full)
        return answer(failure(status.ABORTED, 'Operation timed out: Commit phase timeout.'));
      if (sizeOf(write.events) > this.maxAppendBytes) return answer(tooLarge(this.maxAppendBytes));
      const result = this.store.write(write.stream, write.expected, write.events);
      if (this.faults.losesAnswers) return;
      if (result.kind === 'deleted') return answer(streamDeleted(write.stream));
      answer(null, appendResponse(write, result));
    });
  }

  delete(
    call: ServerUnaryCall<DeleteReq, DeleteResp>,
    answer: sendUnaryData<DeleteResp>,
    forEver: boolean,
  ): void {
    const stream = nameOf(call.request.getOptions()?.getStreamIdentifier());
    const place = String(this.store.delete(stream, forEver));
    const { DeleteResp: Soft, TombstoneResp: Hard } = streams;
    const position = forEver ? new Hard.Position() : new Soft.Position();
    position.setCommitPosition(place);
    position.setPreparePosition(place);
    const response = forEver ? new Hard() : new Soft();
    response.setPosition(position);
    answer(null, response);
  }

  private async take(call: BatchCall, open: Map<string, OpenWrite>, request: BatchAppendReq): Promise<void> {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) {
      open.set(id, {
        stream: nameOf(options.getStreamIdentifier()),
        expected: expectedOf(options),
        events: [],
      });
    }
    const write = open.get(id);
    if (!write) return;
    write.events.push(...request.getProposedMessagesList().map(newEventOf));
    const isTooLarge = sizeOf(write.events) > this.maxAppendBytes;
    if (!request.getIsFinal() && !isTooLarge) return;
    open.delete(id);
    const response = new streams.BatchAppendResp();
    response.setCorrelationId(request.getCorrelationId());
    response.setStreamIdentifier(identifierOf(write.stream));
    if (this.faults.silent) return;
    if (this.faults.delayMs > 0) await pause(this.faults.delayMs);
    if (this.endWhole(call, write)) return;
    if (!this.refuse(response, isTooLarge)) {
      if (this.faults.dropsRepeats && this.store.has(write.stream, write.expected, write.events)) return;
      this.carryOut(response, write);
    }
    if (this.faults.losesAnswers || call.cancelled || call.writableEnded) return;
    call.write(response);
  }

  /** What ends the call with all the appends in it, as an exception does at the answer to one of them. */
  private endWhole(call: BatchCall, { stream, expected, events }: OpenWrite): boolean {
    const { leaderAt, breaksWith } = this.faults;
    if (breaksWith?.stores) this.store.write(stream, expected, events);
    const reason = leaderAt ? notLeader(leaderAt) : breaksWith;
    if (reason) call.emit('error', reason);
    return reason !== null;
  }

  private refuse(response: BatchAppendResp, isTooLarge: boolean): boolean {
    if (isTooLarge) {
      const details = new shared.MaximumAppendSizeExceeded();
      details.setMaxappendsize(this.maxAppendBytes);
      const kind = 'event_store.client.MaximumAppendSizeExceeded';
      response.setError(packed(kind, details, 'MaximumAppendSizeExceeded', CODES.INVALID_ARGUMENT));
    } else if (this.faults.notReady) {
      response.setError(packed('google.protobuf.Empty', nothing(), 'Server Is Not Ready', CODES.OK));
    } else if (this.faults.busy) {
      response.setError(packed('google.protobuf.Empty', nothing(), 'Server Is Busy', CODES.OK));
    } else if (this.faults.full) {
      const details = new shared.Timeout();
      response.setError(packed('event_store.client.Timeout', details, 'Timeout', CODES.DEADLINE_EXCEEDED));
    } else return false;
    return true;
  }

  private carryOut(response: BatchAppendResp, { stream, expected, events }: OpenWrite): void {
    const result = this.store.write(stream, expected, events);
    if (result.kind === 'deleted') {
      const details = new shared.StreamDeleted();
      details.setStreamIdentifier(identifierOf(stream));
      response.setError(
        packed('event_store.client.StreamDeleted', details, 'StreamDeleted', CODES.NOT_FOUND),
      );
    } else if (result.kind === 'wrong-version') {
      response.setError(
        packed(
          'event_store.client.WrongExpectedVersion',
          wrongVersion(expected, result.current),
          'WrongExpectedVersion',
          CODES.ALREADY_EXISTS,
        ),
      );
    } else {
      const position = new shared.AllStreamPosition();
      position.setCommitPosition(String(result.position));
      position.setPreparePosition(String(result.position));
      const success = new streams.BatchAppendResp.Success();
      success.setCurrentRevision(String(result.revision));
      success.setPosition(position);
      response.setSuccess(success);
    }
  }
}

interface ExpectedOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

function expectedOf(options: AppendReq.Options | BatchAppendReq.Options): Expected {
  const which: ExpectedOptions = options;
  if (which.hasNoStream()) return NO_STREAM;
  if (which.hasAny()) return 'any';
  if (which.hasStreamExists()) return 'stream-exists';
  return Number('getStreamPosition' in options ? options.getStreamPosition() : options.getRevision());
}

function wrongVersion(expected: Expected, current: number) {
  const details = new shared.WrongExpectedVersion();
  if (current === NO_STREAM) details.setCurrentNoStream(nothing());
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') details.setExpectedAny(nothing());
  else if (expected === 'stream-exists') details.setExpectedStreamExists(nothing());
  else if (expected === NO_STREAM) details.setExpectedNoStream(nothing());
  else details.setExpectedStreamPosition(String(expected));
  return details;
}

function appendResponse(
  { expected }: OpenWrite,
  result: Exclude<WriteResult, { kind: 'deleted' }>,
): AppendResp {
  const response = new streams.AppendResp();
  if (result.kind === 'stored') {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(result.position));
    position.setPreparePosition(String(result.position));
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(result.revision));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (result.current === NO_STREAM) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(result.current));
  if (expected === NO_STREAM) wrong.setExpectedNoStream(new shared.Empty());
  else if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
  response.setWrongExpectedVersion(wrong);
  return response;
}
