import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type LogPosition } from '#event-log';
import { ProblemError } from '#http';
import { type Selection } from '#measures';
import { type ReplayAnswer, ReplayError, runReplay } from '../audit/index.js';
import { QueryParts } from '../query-parts.js';
import { ReplayQueue } from './replay-queue.js';

/** Computes the monthly funnel anew from what the log held up to a position. */
export class ReplayFunnel extends Query<ReplayAnswer> {
  constructor(
    readonly selection: Selection,
    readonly upTo: LogPosition,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReplayFunnel)
export class ReplayFunnelHandler implements IQueryHandler<ReplayFunnel> {
  constructor(
    private readonly parts: QueryParts,
    private readonly queue: ReplayQueue,
  ) {}

  async execute({ selection, upTo, signal }: ReplayFunnel): Promise<ReplayAnswer> {
    const { catalogue, eventLogUrl: logUrl } = this.parts;
    const task = { logUrl, catalogue, selection, kind: 'monthly', upTo, signal } as const;
    try {
      return await this.queue.run(() => runReplay(task), signal);
    } catch (error) {
      // Which fact could not be read is what an auditor has to know.
      if (!(error instanceof ReplayError)) throw error;
      const code = error.code === 'interrupted' ? 'unavailable' : 'internal';
      throw new ProblemError(code, error.message, { cause: error });
    }
  }
}
