import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type FigureDeclaration, objectOf, type Properties } from './figure-declaration.js';
import { FigureFormat } from './figure-format.js';
import { FIGURE } from './figure-metadata.js';

const DAY_OR_NULL = { type: ['string', 'null'], format: 'date' };
const CUT_OFF_OR_NULL = { type: ['string', 'null'], description: 'As asked: a day, or an instant in UTC.' };
const CODES_OR_NULL = { type: ['array', 'null'], items: { type: 'string' } };

/** What every list says about the question that it answers. */
export function parameterProperties({ groupKeys }: Pick<FigureDeclaration, 'groupKeys'>): Properties {
  return {
    from: DAY_OR_NULL,
    to: DAY_OR_NULL,
    until: CUT_OFF_OR_NULL,
    knownAt: CUT_OFF_OR_NULL,
    groupBy:
      groupKeys.length === 0
        ? { type: 'array', items: { type: 'string' }, maxItems: 0 }
        : { type: 'array', items: { type: 'string', enum: [...groupKeys] } },
    ...Object.fromEntries(groupKeys.map((key) => [key, CODES_OR_NULL])),
  };
}

/** The properties that sign an answer. */
export const SIGNATURE: Properties = {
  position: { type: 'string', description: 'The one position of the log that all of the answer reflects.' },
  catalogue: { type: 'string', description: 'Digest of the programme catalogue (SHA-256, hex).' },
};

/** The properties that a page of a list has instead of totals. */
export const PAGE: Properties = {
  next: { type: ['string', 'null'], description: 'Link to the next page; null on the last.' },
  count: { type: 'integer', minimum: 0, description: 'Items on all pages together.' },
};

const SIGNATURE_HEADERS = {
  'Percorso-Position': { schema: { type: 'string' }, description: 'The position, as in the JSON.' },
  'Percorso-Catalogue': { schema: { type: 'string' }, description: 'The digest, as in the JSON.' },
  'Percorso-Parameters': {
    schema: { type: 'string' },
    description: 'The parameters as understood, written as a query: what a CSV has no column for.',
  },
};

/** An item of a figure: month and groups come first. */
export function itemSchema({ month, groupKeys, item, onRequest = [] }: FigureDeclaration) {
  const groups = Object.fromEntries(
    groupKeys.map((key) => [key, { type: 'string', description: `With \`groupBy\` ${key}.` }]),
  );
  const months: Properties =
    month === undefined
      ? {}
      : {
          month: { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'Calendar month (Europe/Rome).' },
        };
  const optional = [...groupKeys, ...(month === 'asked' ? ['month'] : []), ...onRequest];
  return objectOf({ ...months, ...groups, ...item }, optional);
}

/** A route that answers with a figure: its formats and its place in the OpenAPI document. */
export function AnswersFigure(figure: FigureDeclaration, own: Properties = {}): MethodDecorator {
  const schema = objectOf({
    items: { type: 'array', items: itemSchema(figure) },
    totals: objectOf(figure.totals ?? figure.item, figure.onRequest),
    ...SIGNATURE,
    ...parameterProperties(figure),
    ...own,
  });
  return applyDecorators(
    SetMetadata(FIGURE, figure),
    UseInterceptors(FigureFormat),
    ApiOperation({ summary: figure.summary, description: figure.description }),
    ApiOkResponse({
      description: 'The rows, and what they answer.',
      headers: SIGNATURE_HEADERS,
      content: {
        'application/json': { schema },
        'text/csv': { schema: { type: 'string', description: 'A header row and one row an item.' } },
      },
    }),
  );
}
