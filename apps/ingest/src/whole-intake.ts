import { type CommandBus } from '@nestjs/cqrs';
import { type Catalogue } from '#catalogue';
import { formatPosition } from '#event-log';
import { checkEvent, type EventError, type IncomingEvent } from '#events';
import { ProblemError, type ProblemPlace, summaryOf } from '#http';
import { AcceptFacts } from './accept-facts.command.js';
import { type IntakeParameters } from './body/intake-parameters.js';
import { type IngestMetrics } from './ingest-metrics.js';
import { type FactIntake, type Outcome } from './intake/fact-intake.js';
import { type Receipt, receiptOf, type Receipts, Tally } from './receipts.js';

export interface WholeRequest extends IntakeParameters {
  /** Parsed JSON values. */
  readonly inputs: readonly unknown[];
  /** Whether errors tell which event they mean. */
  readonly isBatch: boolean;
  readonly mayImport: boolean;
}

interface Sorted {
  readonly valid: { readonly index: number; readonly event: IncomingEvent }[];
  readonly wrong: { readonly index: number; readonly errors: readonly EventError[] }[];
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
    const { valid, wrong } = this.sort(request);
    const outcomes = await this.commands.execute(
      new AcceptFacts(
        valid.map(({ event }) => event),
        {
          onRefusal: request.skip ? 'skip' : 'nothing',
          // The rest of a wrong request is looked at all the same, to tell everything at once.
          validateOnly: request.validateOnly || (wrong.length > 0 && !request.skip),
        },
      ),
    );
    const tally = new Tally();
    const results: Receipt[] = [];
    for (let at = 0; at < outcomes.length; at += 1) {
      const outcome = outcomes[at]!;
      tally.add(outcome);
      const receipt = receiptOf(valid[at]!.event.id, outcome);
      if (receipt) results.push(receipt);
    }
    if (wrong.length > 0 || outcomes.some(isRefused))
      this.tellRefused(outcomes, { valid, wrong }, request, tally);
    this.metrics.count(tally.accepted, tally.duplicates, tally.rejected);
    const { accepted, duplicates, rejected, errors } = tally;
    const position = formatPosition(tally.stored > 0 ? tally.position : await this.intake.head());
    return request.skip
      ? { accepted, duplicates, rejected, position, results, errors }
      : { accepted, duplicates, position, results };
  }

  /** @throws ProblemError unless wrong events are to be left out */
  private tellRefused(
    outcomes: readonly Outcome[],
    { valid, wrong }: Sorted,
    request: WholeRequest,
    tally: Tally,
  ): void {
    const refused = { wrong: [...wrong], conflict: [] as typeof wrong };
    for (const [at, outcome] of outcomes.entries()) {
      if (isRefused(outcome)) refused[outcome.kind].push({ index: valid[at]!.index, errors: outcome.errors });
    }
    for (const { index, errors } of [...refused.wrong, ...refused.conflict].sort(
      (a, b) => a.index - b.index,
    )) {
      tally.reject(placesOf(errors, index, request));
    }
    if (!request.skip) this.refuse(refused, request);
  }

  private sort({ inputs, mayImport, isBatch }: WholeRequest): Sorted {
    const context = { catalogue: this.catalogue, now: Date.now(), mayImport };
    const sorted: Sorted = { valid: [], wrong: [] };
    const forbidden: ProblemPlace[] = [];
    for (const [index, input] of inputs.entries()) {
      const checked = checkEvent(input, context);
      if (checked.ok) sorted.valid.push({ index, event: checked.event });
      else if (checked.forbidden)
        forbidden.push(...placesOf(forbiddenOf(checked.errors), index, { isBatch }));
      else sorted.wrong.push({ index, errors: checked.errors });
    }
    if (forbidden.length > 0)
      throw new ProblemError('forbidden', summaryOf(forbidden), { errors: forbidden });
    return sorted;
  }

  private refuse(refused: Record<'wrong' | 'conflict', Sorted['wrong']>, request: WholeRequest): void {
    const kind = refused.wrong.length > 0 ? 'wrong' : 'conflict';
    const events = refused[kind].sort((a, b) => a.index - b.index);
    if (events.length === 0) return;
    this.metrics.count(0, 0, events.length);
    const errors = events.flatMap(({ index, errors: places }) => placesOf(places, index, request));
    throw new ProblemError(kind === 'wrong' ? 'invalid-event' : 'conflict', summaryOf(errors), { errors });
  }
}

/** Of an event that needs the right to import: why. What else is wrong with it is nobody's business yet. */
export function forbiddenOf(errors: readonly EventError[]): readonly EventError[] {
  return errors.filter(({ pointer }) => pointer === '/recordedtime').slice(-1);
}

function isRefused(outcome: Outcome): outcome is Extract<Outcome, { kind: 'wrong' | 'conflict' }> {
  return outcome.kind === 'wrong' || outcome.kind === 'conflict';
}

function placesOf(
  errors: readonly EventError[],
  index: number,
  { isBatch }: Pick<WholeRequest, 'isBatch'>,
): ProblemPlace[] {
  return errors.map((error) => (isBatch ? { index, ...error } : error));
}
