import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { parseDay } from '#calendar';
import { formatPosition } from '#event-log';
import { type FigureAnswer, type FigureItem, type FigureRequest, type JourneyPage } from '#figures';
import { acceptable } from './answers/acceptable.js';
import { csvOf } from './answers/csv.js';
import { CSV_TYPE, csvFile } from './answers/figure-format.js';
import { DEFAULT_LIMIT } from './parameters/endpoint-parameters.js';
import { invalidParameters } from './parameters/invalid-parameters.js';
import {
  formatPeopleCursor,
  hasCatalogue,
  parsePeopleCursor,
  type PeopleCursor,
} from './parameters/people-cursor.js';
import { positionAfter } from './parameters/selection.js';
import { AskFigure } from './queries/ask-figure.query.js';
import { QueryParts } from './query-parts.js';

interface PageParameters {
  readonly limit?: string;
  readonly cursor?: string;
  readonly after?: string;
}

/** A list of people that is given page by page. */
export interface PeopleList {
  /** Path of the list, which the links to further pages lead to. */
  readonly path: string;
  readonly request: (page: JourneyPage) => FigureRequest;
  /** The parameters as understood. */
  readonly understood: Readonly<Record<string, unknown>>;
  /** Columns of the CSV. */
  readonly columns: readonly string[];
}

/** Gives lists of people out, by day and id; all pages of one list show the log as it stood at the first. */
@Injectable()
export class PeopleLists {
  constructor(
    private readonly queries: QueryBus,
    private readonly parts: QueryParts,
  ) {}

  /** @throws ProblemError `invalid-parameter` for a cursor of another log or of a catalogue that has changed */
  async answer(
    parameters: PageParameters,
    list: PeopleList,
    http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<object> {
    const type = acceptable(http.request, http.reply, ['application/json', CSV_TYPE]);
    const limit = Number(parameters.limit ?? DEFAULT_LIMIT);
    const answer = await this.ask(parameters, list, limit);
    const items = answer.items.slice(0, limit);
    const more = answer.items.length > limit;
    const next = more ? linkTo(list.path, parameters, cursorAfter(items.at(-1)!, answer)) : null;
    const signature = { position: formatPosition(answer.position), catalogue: answer.catalogue };
    if (type === CSV_TYPE) {
      const link = next === null ? {} : { link: `<${next}>; rel="next"` };
      void http.reply.headers({ ...link, 'percorso-position': signature.position });
      return csvFile(csvOf(items, list.columns), list.path.split('/').at(-1)!);
    }
    return { items, next, ...answer.totals, ...signature, ...list.understood };
  }

  private async ask(parameters: PageParameters, list: PeopleList, limit: number): Promise<FigureAnswer> {
    const cursor = parameters.cursor === undefined ? undefined : parsePeopleCursor(parameters.cursor);
    if (cursor && cursor.position > (await this.parts.eventLog.head())) {
      throw invalidParameters([{ parameter: 'cursor', detail: 'it leads beyond the end of this log' }]);
    }
    const after = Math.max(cursor?.position ?? 0, positionAfter(parameters) ?? 0);
    // One more than asked for tells whether there is a next page.
    const page = { limit: limit + 1, after: cursor, asOf: cursor?.position };
    const answer = await this.queries.execute(new AskFigure(list.request(page), after));
    if (cursor && !hasCatalogue(cursor, answer.catalogue)) {
      const detail = 'the programme catalogue has changed since the first page: begin the list again';
      throw invalidParameters([{ parameter: 'cursor', detail }]);
    }
    return answer;
  }
}

function cursorAfter(item: FigureItem, { position, catalogue }: FigureAnswer): PeopleCursor {
  return { position, catalogue, day: parseDay(String(item['day']))!, id: String(item['id']) };
}

function linkTo(path: string, parameters: PageParameters, cursor: PeopleCursor): string {
  const asked = Object.entries(parameters).filter(
    ([name, value]) => value !== undefined && name !== 'after' && name !== 'cursor',
  );
  const query = new URLSearchParams([...asked, ['cursor', formatPeopleCursor(cursor)]]);
  return `${path}?${query.toString()}`;
}
