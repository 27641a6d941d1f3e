import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FigureRequest } from '#figures';
import { type Selection } from '#measures';
import { type FigureDocument, toDocument } from './answers/figure-document.js';
import { type FigureParameters } from './parameters/figure-parameters.js';
import { positionAfter, toSelection } from './parameters/selection.js';
import { understood } from './parameters/understood.js';
import { AskFigure } from './queries/ask-figure.query.js';
import { QueryParts } from './query-parts.js';

/** From the parameters of a request to the list that answers it. */
@Injectable()
export class FigureQuestions {
  constructor(
    private readonly queries: QueryBus,
    private readonly parts: QueryParts,
  ) {}

  /**
   * @param toRequest what a selection is to be asked
   * @param own parameters of this endpoint alone, as understood
   */
  async list(
    parameters: FigureParameters,
    toRequest: (selection: Selection) => FigureRequest,
    own: Readonly<Record<string, unknown>> = {},
  ): Promise<FigureDocument> {
    const request = toRequest(toSelection(parameters, this.parts.catalogue));
    const answer = await this.queries.execute(new AskFigure(request, positionAfter(parameters)));
    return toDocument(answer, { ...understood(parameters), ...own });
  }
}
