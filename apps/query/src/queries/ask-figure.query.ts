import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type FigureAnswer, type FigureRequest } from '#figures';
import { QueryParts } from '../query-parts.js';

/** Asks the read models for a figure that reflects at least the position `after`. */
export class AskFigure extends Query<FigureAnswer> {
  constructor(
    readonly request: FigureRequest,
    readonly after?: number,
  ) {
    super();
  }
}

@QueryHandler(AskFigure)
export class AskFigureHandler implements IQueryHandler<AskFigure> {
  constructor(private readonly parts: QueryParts) {}

  execute({ request, after }: AskFigure): Promise<FigureAnswer> {
    return this.parts.figures.ask(request, { after });
  }
}
