import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { map, type Observable } from 'rxjs';
import { csvOf } from './csv.js';
import { columnsOf, type FigureDeclaration } from './figure-declaration.js';
import { type FigureDocument } from './figure-document.js';
import { FIGURE } from './figure-metadata.js';
import { acceptable } from './acceptable.js';
import { jsonAtOnce, jsonOf } from './json.js';
import { SLICE_ROWS } from './slices.js';

const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';

/** Gives a figure out as JSON or CSV, whichever the client prefers; asks for it only when one of them will do. */
@Injectable()
export class FigureFormat implements NestInterceptor<FigureDocument, string | StreamableFile> {
  constructor(private readonly reflector: Reflector) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<FigureDocument>,
  ): Observable<string | StreamableFile> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const type = acceptable(http.getRequest<FastifyRequest>(), reply, [JSON_TYPE, CSV_TYPE]);
    const figure = this.reflector.get<FigureDeclaration>(FIGURE, context.getHandler());
    return next.handle().pipe(
      map((document) => {
        void reply.headers(signature(document));
        return type === CSV_TYPE ? figureCsv(document, figure) : jsonBody(document, reply);
      }),
    );
  }
}

/** What a CSV has no room for. */
function signature({ position, catalogue, parameters }: FigureDocument): Record<string, string> {
  const asked = Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]): [string, string] => [name, String(value)])
    .filter(([, text]) => text !== '');
  return {
    'percorso-position': position,
    'percorso-catalogue': catalogue,
    'percorso-parameters': new URLSearchParams(asked).toString(),
  };
}

function figureCsv(document: FigureDocument, figure: FigureDeclaration): StreamableFile {
  const asked = document.parameters as { groupBy: readonly string[] };
  return csvFile(csvOf(document.items, columnsOf(figure, asked)), figure.name);
}

/** CSV as a file that browsers save under a name. */
export function csvFile(csv: AsyncIterable<string>, name: string): StreamableFile {
  return new StreamableFile(Readable.from(csv, { objectMode: false }), {
    type: `${CSV_TYPE}; charset=utf-8; header=present`,
    disposition: `attachment; filename="${name}.csv"`,
  });
}

function jsonBody(document: FigureDocument, reply: FastifyReply): string | StreamableFile {
  const type = `${JSON_TYPE}; charset=utf-8`;
  const text = jsonAtOnce(document, SLICE_ROWS);
  if (text === undefined)
    return new StreamableFile(Readable.from(jsonOf(document), { objectMode: false }), { type });
  void reply.type(type);
  return text;
}
