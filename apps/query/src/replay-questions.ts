import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { formatPosition, parsePosition } from '#event-log';
import { ProblemError } from '#http';
import { type FunnelAnswer, type Selection } from '#measures';
import { type FigureDocument, toDocument } from './answers/figure-document.js';
import { differences } from './audit/index.js';
import { type ReplayParameters } from './parameters/endpoint-parameters.js';
import { invalidParameters } from './parameters/invalid-parameters.js';
import { positionAfter, toSelection } from './parameters/selection.js';
import { understood } from './parameters/understood.js';
import { AskFigure } from './queries/ask-figure.query.js';
import { headOf } from './queries/log-reached.js';
import { ReplayFunnel } from './queries/replay-funnel.query.js';
import { QueryParts } from './query-parts.js';

/** Replays the log and, where it can be, compares the outcome with what is served. */
@Injectable()
export class ReplayQuestions {
  constructor(
    private readonly queries: QueryBus,
    private readonly parts: QueryParts,
  ) {}

  /** @param signal aborts a replay that nobody waits for any more */
  async answer(parameters: ReplayParameters, signal: AbortSignal): Promise<FigureDocument> {
    const selection = toSelection(parameters, this.parts.catalogue);
    const asOf = parameters.asOf === undefined ? undefined : parsePosition(parameters.asOf);
    try {
      return asOf === undefined
        ? await this.compared(parameters, selection, signal)
        : await this.at(asOf, parameters, selection, signal);
    } catch (error) {
      if (signal.aborted) throw new ProblemError('timeout', 'The caller went away.', { cause: error });
      throw error;
    }
  }

  /** The log as it stood at a position: there is nothing served to compare it with. */
  private async at(upTo: number, parameters: ReplayParameters, selection: Selection, signal: AbortSignal) {
    const head = await headOf(this.parts.eventLog, positionAfter(parameters));
    if (upTo > head) {
      const detail = `lies beyond the end of the log, which is at ${formatPosition(head)}`;
      throw invalidParameters([{ parameter: 'asOf', detail }]);
    }
    const replayed = await this.queries.execute(new ReplayFunnel(selection, upTo, signal));
    const asked = { ...understood(parameters), asOf: formatPosition(upTo) };
    return this.document(replayed, asked, { matches: null, differences: [] });
  }

  /** The log up to where the served figures stand, beside these. */
  private async compared(parameters: ReplayParameters, selection: Selection, signal: AbortSignal) {
    const question = new AskFigure({ figure: 'monthly', selection }, positionAfter(parameters));
    const served = await this.queries.execute(question);
    if (served.catalogue !== this.parts.catalogue.digest) {
      const why =
        'The figures are being rebuilt for a changed catalogue; what is served still follows the old one.';
      throw new ProblemError('not-caught-up', why);
    }
    const replayed = await this.queries.execute(new ReplayFunnel(selection, served.position, signal));
    // Without rows of the funnel's form the service would not have answered the monthly funnel.
    const { items, totals } = served as unknown as FunnelAnswer;
    const found = differences({ items, totals }, replayed, selection.groupBy, this.parts.catalogue);
    const asked = { ...understood(parameters), asOf: null };
    return this.document(replayed, asked, { matches: found.length === 0, differences: found });
  }

  private document(
    replayed: Pick<FigureDocument, 'items' | 'totals'> & { readonly position: number },
    asked: Readonly<Record<string, unknown>>,
    findings: Readonly<Record<string, unknown>>,
  ): FigureDocument {
    const answer = { ...replayed, catalogue: this.parts.catalogue.digest };
    return { ...toDocument(answer, asked), findings };
  }
}
