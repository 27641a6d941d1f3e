import { type CommandBus } from '@nestjs/cqrs';
import { type Catalogue } from '#catalogue';
import { formatPosition } from '#event-log';
import { ProblemError, summaryOf } from '#http';
import { AcceptFacts } from './accept-facts.command.js';
import { type IntakeParameters } from './body/intake-parameters.js';
import { type Input } from './body/read-events.js';
import { type IngestMetrics } from './ingest-metrics.js';
import { type FactIntake } from './intake/fact-intake.js';
import { type IntakeOptions } from './intake/intake-rounds.js';
import { IntakeInterrupted, type Outcome } from './intake/outcome.js';
import { type Receipt, receiptOf, type Receipts, Tally } from './receipts.js';
import { placesOf, SortedEvents, type WrongEvent } from './sorted-events.js';
import { Turns } from './turns.js';

export interface WholeRequest extends IntakeParameters {
  readonly inputs: readonly Input[];
  /** Whether errors tell which event they mean. */
  readonly isBatch: boolean;
  readonly mayImport: boolean;
}

/** Takes a request that is checked as a whole before anything of it is stored: one event, or a batch. */
export class WholeIntake {
  constructor(
    private readonly commands: CommandBus,
    private readonly intake: FactIntake,
    private readonly catalogue: Catalogue,
    private readonly metrics: IngestMetrics,
  ) {}

  /** @throws ProblemError `forbidden`, `invalid-event` or `conflict`, with every place that is wrong */
  async accept(request: WholeRequest): Promise<Receipts> {
    const { inputs, mayImport, isBatch } = request;
    const sorted = new SortedEvents({ catalogue: this.catalogue, now: Date.now(), mayImport });
    if (isBatch) await this.addAll(sorted, inputs);
    else sorted.add(0, inputs[0]!);
    sorted.requireAllowed(isBatch);
    const { valid, wrong } = sorted;
    // The rest of a wrong request is looked at all the same, to tell everything at once.
    const validateOnly = request.validateOnly || (wrong.length > 0 && !request.skip);
    const outcomes = await this.take(valid, { onRefusal: request.skip ? 'skip' : 'nothing', validateOnly });
    const tally = new Tally();
    const results: Receipt[] = [];
    for (let at = 0; at < outcomes.length; at += 1) {
      const outcome = outcomes[at]!;
      tally.add(outcome);
      const receipt = receiptOf(valid[at]!.event.id, outcome);
      if (receipt) results.push(receipt);
    }
    if (wrong.length > 0 || outcomes.some(isRefused)) this.tellRefused(outcomes, sorted, request, tally);
    this.metrics.count(tally.accepted, tally.duplicates, tally.rejected);
    const { accepted, duplicates, rejected, errors } = tally;
    const position = formatPosition(tally.stored > 0 ? tally.position : await this.intake.head());
    return request.skip
      ? { accepted, duplicates, rejected, position, results, errors }
      : { accepted, duplicates, position, results };
  }

  private async take(valid: SortedEvents['valid'], options: IntakeOptions): Promise<Outcome[]> {
    const events = valid.map(({ event }) => event);
    try {
      return await this.commands.execute(new AcceptFacts(events, options));
    } catch (error) {
      throw error instanceof IntakeInterrupted ? error.cause : error;
    }
  }

  private async addAll(sorted: SortedEvents, inputs: readonly Input[]): Promise<void> {
    const turns = new Turns();
    for (const [index, input] of inputs.entries()) {
      sorted.add(index, input);
      if (turns.isOver()) await turns.giveWay();
    }
  }

  /** @throws ProblemError unless wrong events are to be left out */
  private tellRefused(
    outcomes: readonly Outcome[],
    { valid, wrong }: SortedEvents,
    request: WholeRequest,
    tally: Tally,
  ): void {
    const refused = { wrong: [...wrong], conflict: [] as WrongEvent[] };
    for (const [at, outcome] of outcomes.entries()) {
      if (isRefused(outcome)) refused[outcome.kind].push({ index: valid[at]!.index, errors: outcome.errors });
    }
    if (!request.skip) return this.refuse(refused, request);
    for (const event of inOrder([...refused.wrong, ...refused.conflict])) {
      tally.reject(placesOf(event, request.isBatch));
    }
  }

  private refuse(refused: Record<'wrong' | 'conflict', WrongEvent[]>, { isBatch }: WholeRequest): void {
    const kind = refused.wrong.length > 0 ? 'wrong' : 'conflict';
    const events = inOrder(refused[kind]);
    if (events.length === 0) return;
    this.metrics.count(0, 0, events.length);
    const errors = events.flatMap((event) => placesOf(event, isBatch));
    throw new ProblemError(kind === 'wrong' ? 'invalid-event' : 'conflict', summaryOf(errors), { errors });
  }
}

const inOrder = (events: WrongEvent[]) => events.sort((a, b) => a.index - b.index);

function isRefused(outcome: Outcome): outcome is Extract<Outcome, { kind: 'wrong' | 'conflict' }> {
  return outcome.kind === 'wrong' || outcome.kind === 'conflict';
}
