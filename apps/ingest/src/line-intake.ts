import { type CommandBus } from '@nestjs/cqrs';
import { type Readable } from 'node:stream';
import { formatPosition } from '#event-log';
import { ProblemError } from '#http';
import { type IntakeParameters } from './body/intake-parameters.js';
import { inTime } from './in-time.js';
import { type IngestMetrics } from './ingest-metrics.js';
import { type FactIntake } from './intake/fact-intake.js';
import { LineRun, type LineSurroundings } from './line-run.js';
import { type Receipts } from './receipts.js';

export interface LineRequest extends IntakeParameters {
  readonly mayImport: boolean;
}

/** Takes streams of events, one a line, of any length. */
export class LineIntake {
  private readonly stop = new AbortController();

  constructor(
    private readonly commands: CommandBus,
    private readonly intake: FactIntake,
    private readonly metrics: IngestMetrics,
    private readonly surroundings: LineSurroundings,
  ) {}

  /**
   * Stores the lines as they come, and reads no faster than they are stored.
   *
   * @throws ProblemError `overloaded` when too many are being read; with the `line` that ends the request – every line before it is stored – and `stored`, how many of its facts are in the log
   */
  async accept(body: Readable, request: LineRequest): Promise<Receipts> {
    const { room, answerMs } = this.surroundings;
    room.enter();
    const run = new LineRun(this.commands, request, this.surroundings);
    try {
      await run.read(body, this.stop.signal);
    } finally {
      void run.settled.then(() => room.leave());
      const { accepted, duplicates, rejected } = run.tally;
      this.metrics.count(accepted, duplicates, rejected);
    }
    const { accepted, duplicates, rejected, errors, stored, position } = run.tally;
    const token = formatPosition(stored > 0 ? position : await inTime(this.intake.head(), answerMs));
    return { accepted, duplicates, ...(request.skip ? { rejected, errors } : {}), position: token };
  }

  /** Ends all streams after what was read of them: the server is about to stop. */
  close(): void {
    this.stop.abort(
      new ProblemError('unavailable', 'The server is being stopped; send the whole file again.'),
    );
  }
}
