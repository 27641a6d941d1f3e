import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { formatPosition } from '#event-log';
import { ProblemError } from '#http';
import { makeReport, type Report, type ReportQuestion } from '#report';
import { QueryParts } from '../query-parts.js';

/** Makes the annual report of a year from figures that reflect at least the position `after`, all of them the same. */
export class MakeReport extends Query<Report> {
  constructor(
    readonly question: ReportQuestion,
    readonly after?: number,
  ) {
    super();
  }
}

@QueryHandler(MakeReport)
export class MakeReportHandler implements IQueryHandler<MakeReport> {
  constructor(private readonly parts: QueryParts) {}

  execute({ question, after }: MakeReport): Promise<Report> {
    const { catalogue, figures } = this.parts;
    return makeReport(question, {
      catalogue,
      positionToken: formatPosition,
      now: Date.now(),
      askAll: async (requests) => {
        const answers = await figures.askAll(requests, { after });
        // Rows and names have to come from one programme.
        if (answers.every((answer) => answer.catalogue === catalogue.digest)) return answers;
        const why =
          'The figures are being rebuilt for a changed catalogue; what is served still follows the old one.';
        throw new ProblemError('not-caught-up', why);
      },
    });
  }
}
