import { LANGUAGES } from '#report';
import { objectOf, type SchemaObject } from './figure-declaration.js';
import { SIGNATURE } from './figure-route.js';

const TEXT: SchemaObject = { type: 'string' };
const CELL: SchemaObject = { type: ['string', 'number', 'null'] };
const FORMAT: SchemaObject = {
  type: 'string',
  enum: ['text', 'integer', 'percent', 'wholePercent', 'points', 'decimal', 'minutes', 'date'],
  description:
    'What the value is. Percentages are rounded half up: `percent` to two decimals, `wholePercent` to none.',
};
const listOf = (items: SchemaObject, description?: string): SchemaObject => ({
  type: 'array',
  items,
  ...(description === undefined ? {} : { description }),
});
const byColumn = (values: SchemaObject, description: string): SchemaObject => ({
  type: 'object',
  additionalProperties: values,
  description,
});

const NOTE = objectOf({
  text: TEXT,
  differences: listOf(
    objectOf({ label: TEXT, printed: { type: 'number' }, computed: CELL, format: FORMAT }),
    'Printed figures that are computed otherwise.',
  ),
});
const COMMON = {
  id: { type: 'string', description: '`table-4`, `figure-7`, or a name.' },
  title: TEXT,
  sources: listOf(
    objectOf({ kind: { type: 'string', enum: ['figure', 'people', 'replay'] }, href: TEXT }),
    'Requests that answer with the figures, the people behind them and their replay.',
  ),
  notes: listOf(NOTE),
} as const satisfies Record<string, SchemaObject>;

const TABLE = objectOf({
  type: { type: 'string', enum: ['table'] },
  ...COMMON,
  number: {
    type: ['integer', 'null'],
    description: 'As in the printed report; null where it tells this in its text.',
  },
  columns: listOf(objectOf({ key: TEXT, label: TEXT, format: FORMAT })),
  rows: listOf(
    objectOf(
      {
        key: { type: 'string', description: 'A code, `total`, or `subtotal-` and a territory.' },
        kind: { type: 'string', enum: ['item', 'subtotal', 'total'] },
        codes: byColumn(TEXT, 'The codes of cells that are words.'),
        cells: byColumn(CELL, 'By the key of the column.'),
        links: byColumn(TEXT, 'By the key of the column: the request for the people behind the number.'),
      },
      ['codes'],
    ),
  ),
});
const FIGURE = objectOf({
  type: { type: 'string', enum: ['figure'] },
  ...COMMON,
  number: { type: 'integer' },
  chart: { type: 'string', enum: ['columns', 'bars', 'lines'] },
  unit: { type: 'string', description: 'What the values count; shares have their sign besides.' },
  categories: listOf(objectOf({ key: TEXT, label: TEXT })),
  series: listOf(
    objectOf({
      key: TEXT,
      label: TEXT,
      format: FORMAT,
      axis: { type: 'string', enum: ['left', 'right'] },
      values: listOf({ type: ['number', 'null'] }, 'One a category.'),
    }),
  ),
});
const STATEMENTS = objectOf({
  type: { type: 'string', enum: ['text'] },
  ...COMMON,
  statements: listOf(
    objectOf({
      id: TEXT,
      label: TEXT,
      values: listOf(objectOf({ key: TEXT, label: TEXT, value: CELL, format: FORMAT })),
    }),
    'What the printed report says in sentences.',
  ),
});

/** The annual report as JSON. */
export const REPORT_SCHEMA = objectOf({
  year: { type: 'integer' },
  lang: { type: 'string', enum: [...LANGUAGES] },
  knownAt: { type: ['string', 'null'] },
  until: { type: ['string', 'null'] },
  title: TEXT,
  subtitle: TEXT,
  sections: listOf(
    objectOf({
      id: TEXT,
      title: TEXT,
      items: { type: 'array', items: { oneOf: [TABLE, FIGURE, STATEMENTS] } },
    }),
  ),
  ...SIGNATURE,
  madeAt: { type: 'string', format: 'date-time' },
  makeAgain: objectOf({ curl: TEXT, mip: TEXT, replay: TEXT, facts: TEXT }),
});
