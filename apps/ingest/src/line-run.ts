import { type CommandBus } from '@nestjs/cqrs';
import { type Readable } from 'node:stream';
import { type Catalogue } from '#catalogue';
import { checkEvent, type EventError, type IncomingEvent } from '#events';
import { type ProblemCode, ProblemError, problemOf, summaryOf } from '#http';
import { AcceptFacts } from './accept-facts.command.js';
import { inTime } from './in-time.js';
import { tooMuchIn } from './body/json-scanner.js';
import { isBlank, type Line, LineSplitter, MAX_LINE_BYTES } from './body/line-splitter.js';
import { bodyParts } from './body/body-parts.js';
import { brokenOff, parseJson, withoutBom } from './body/read-body.js';
import { type LineRequest } from './line-intake.js';
import { IntakeInterrupted, type Outcome } from './intake/outcome.js';
import { Tally } from './receipts.js';
import { forbiddenOf } from './sorted-events.js';
import { type StreamRoom } from './stream-room.js';
import { Turns } from './turns.js';

/** What may wait while an earlier chunk is being stored. Small enough not to keep other requests from their turn. */
const CHUNK_EVENTS = 2_000;
/** How long a chunk may wait for a log that is overloaded: the sender of a file has time. */
const PATIENCE_MS = 10_000;
const TOO_LONG = `the line has more than ${MAX_LINE_BYTES} bytes`;

/** What all streams have in common. */
export interface LineSurroundings {
  readonly catalogue: Catalogue;
  readonly room: StreamRoom;
  /** How long a body may stand still. */
  readonly stallMs: number;
  /** How long storing a chunk may take until the request ends. */
  readonly answerMs: number;
}

interface Waiting {
  readonly line: number;
  readonly event: IncomingEvent;
}

/** One NDJSON request. While a chunk is stored the lines after it are read and checked. */
export class LineRun {
  readonly tally = new Tally();
  /** Resolves when nothing of it is being stored any more; that may be after its sender was told. */
  settled: Promise<void> = Promise.resolve();
  private readonly splitter = new LineSplitter();
  private readonly turns = new Turns();
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private storing: Promise<void> | undefined;
  /** What ends the request. A refusal while storing is of an earlier line than one while reading. */
  private refusedReading: ProblemError | undefined;
  private refusedStoring: ProblemError | undefined;

  constructor(
    private readonly commands: CommandBus,
    private readonly request: LineRequest,
    private readonly around: LineSurroundings,
  ) {}

  /** @throws ProblemError that says at which line the request ended */
  async read(body: Readable, stop: AbortSignal): Promise<void> {
    try {
      await this.readParts(body, stop);
    } catch (error) {
      this.refusedReading = error instanceof ProblemError ? error : brokenOff();
    } finally {
      // The rest is read and dropped, so that the sender gets to see the answer.
      body.resume();
    }
    await this.storing;
    if (!this.refusedStoring && this.waiting.length > 0) await this.store();
    const refused = this.refusedStoring ?? this.refusedReading;
    if (refused) throw told(refused, { line: this.splitter.current, stored: this.tally.stored });
  }

  private async readParts(body: Readable, stop: AbortSignal): Promise<void> {
    for await (const part of bodyParts(body, this.around.stallMs)) {
      if (stop.aborted) throw stop.reason;
      await this.take(this.splitter.split(part));
      if (this.isEnded()) return;
      const isFull = this.waiting.length >= CHUNK_EVENTS || this.waitingBytes >= this.around.room.share;
      // Lines that are only checked see those of their chunk, so it had better be large.
      if (!this.storing && (isFull || !this.request.validateOnly)) this.storeMeanwhile();
      if (isFull) await this.storing;
      if (this.isEnded()) return;
    }
    await this.take(this.splitter.end());
  }

  private isEnded(): boolean {
    return this.refusedReading !== undefined || this.refusedStoring !== undefined;
  }

  private async take(lines: Iterable<Line>): Promise<void> {
    for (const line of lines) {
      this.check(line);
      if (this.turns.isOver(line.bytes?.length)) await this.turns.giveWay();
      if (this.isEnded()) return;
    }
  }

  private check({ number, bytes }: Line): void {
    if (!bytes) return this.refuse(number, [{ detail: TOO_LONG }], 'too-large');
    if (isBlank(bytes)) return;
    const tooMuch = tooMuchIn(bytes);
    if (tooMuch) return this.refuse(number, [tooMuch]);
    const parsed = parseJson(number === 1 ? withoutBom(bytes) : bytes);
    if (!parsed.ok) return this.refuse(number, [{ detail: `the line ${parsed.detail}` }]);
    const { mayImport } = this.request;
    const { catalogue } = this.around;
    const checked = checkEvent(parsed.value, { catalogue, now: Date.now(), mayImport });
    if (checked.ok) {
      this.waiting.push({ line: number, event: checked.event });
      this.waitingBytes += bytes.length;
    } else if (checked.forbidden) {
      this.refusedReading = refusal('forbidden', number, forbiddenOf(checked.errors));
    } else this.refuse(number, checked.errors);
  }

  private refuse(line: number, errors: readonly EventError[], code: ProblemCode = 'invalid-event'): void {
    if (this.request.skip) this.tally.reject(errors.map((error) => ({ line, ...error })));
    else this.refusedReading = refusal(code, line, errors);
  }

  private storeMeanwhile(): void {
    if (this.waiting.length === 0) return;
    this.storing = this.store().finally(() => (this.storing = undefined));
  }

  /** Stores what is waiting; never rejects. */
  private async store(): Promise<void> {
    const chunk = this.waiting;
    this.waiting = [];
    this.waitingBytes = 0;
    const { skip, validateOnly } = this.request;
    const command = new AcceptFacts(
      chunk.map(({ event }) => event),
      { onRefusal: skip ? 'skip' : 'stop', validateOnly, patienceMs: PATIENCE_MS },
    );
    const storing = this.commands.execute(command);
    this.settled = storing.then(ignore, ignore);
    try {
      this.tell(chunk, await inTime(storing, this.around.answerMs));
    } catch (error) {
      const { outcomes, cause } = error instanceof IntakeInterrupted ? error : { outcomes: [], cause: error };
      for (const outcome of outcomes) this.tally.add(outcome);
      const open = outcomes.findIndex(({ kind }) => kind === 'untouched');
      this.refusedStoring = told(problemOf(cause), { line: chunk[Math.max(0, open)]!.line });
    }
  }

  private tell(chunk: readonly Waiting[], outcomes: readonly Outcome[]): void {
    for (const [at, outcome] of outcomes.entries()) {
      this.tally.add(outcome);
      if (outcome.kind !== 'wrong' && outcome.kind !== 'conflict') continue;
      const { line } = chunk[at]!;
      const { kind, errors } = outcome;
      if (this.request.skip) this.tally.reject(errors.map((error) => ({ line, ...error })));
      else this.refusedStoring ??= refusal(kind === 'wrong' ? 'invalid-event' : 'conflict', line, errors);
    }
  }
}

const ignore = () => undefined;

/** The problem with further members, its own before them. */
function told(problem: ProblemError, members: Readonly<Record<string, unknown>>): ProblemError {
  const { code, message, errors, extensions, retryAfterSeconds, cause } = problem;
  return new ProblemError(code, message, {
    errors,
    extensions: { ...members, ...extensions },
    retryAfterSeconds,
    cause,
  });
}

function refusal(code: ProblemCode, line: number, places: readonly EventError[]): ProblemError {
  const errors = places.map((error) => ({ line, ...error }));
  return new ProblemError(code, summaryOf(errors), { errors, extensions: { line } });
}
