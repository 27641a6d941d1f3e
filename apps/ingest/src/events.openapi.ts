import { type ApiOperationOptions, type ApiResponseNoStatusOptions } from '@nestjs/swagger';

const EVENT = { $ref: '#/components/schemas/Event' };
const COUNT = { type: 'integer', minimum: 0 };
const POSITION = { type: 'string', description: 'Token of a place in the log.' };

const RECEIPT = {
  type: 'object',
  required: ['id', 'status', 'position', 'recordedAt'],
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['accepted', 'duplicate'] },
    position: {
      type: ['string', 'null'],
      description: 'Its place in the log; a duplicate has that of the first.',
    },
    recordedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};

/** How `POST /v1/events` stands in the OpenAPI document. */
export const EVENTS_OPERATION = {
  summary: 'Send facts',
  description:
    'Takes one event, a batch of at most 1,000, a stream of lines of any length, or one event in CloudEvents binary ' +
    'mode. The answer comes when the facts are on disk. An event that is known already, with the same content, is a ' +
    'duplicate and changes nothing. `recordedtime` needs the role `import`. A stream of lines that ends with an error ' +
    'tells `stored`, how many of its facts are in the log, and `line`, the first that may not be there. Nothing of the ' +
    'body for 30 seconds is 408; a log that has not answered within 15 seconds is 503, and sending the same again stores ' +
    'nothing twice; an event that is larger than the log takes is 422 (EventStoreDB: about 1 MB); more than the server takes on is 429 with `Retry-After`. In binary mode headers hold ' +
    'printable ASCII alone, everything else percent-encoded, and none is given twice.',
  requestBody: {
    required: true,
    content: {
      'application/cloudevents+json': { schema: EVENT },
      'application/cloudevents-batch+json': { schema: { type: 'array', maxItems: 1_000, items: EVENT } },
      'application/x-ndjson': { schema: { type: 'string', description: 'One event a line.' } },
      'application/json': {
        schema: { type: 'object', description: 'The data of an event whose attributes are `ce-` headers.' },
      },
    },
  },
} as ApiOperationOptions;

export const EVENTS_RESPONSE = {
  description: 'The facts are on disk (with `validateOnly`: they would be).',
  schema: {
    type: 'object',
    required: ['accepted', 'duplicates', 'position'],
    properties: {
      accepted: COUNT,
      duplicates: COUNT,
      position: {
        ...POSITION,
        description: 'Pass it as `after` to a read that is to show all of these facts.',
      },
      results: { type: 'array', items: RECEIPT, description: 'Of one event and a batch, in their order.' },
      rejected: { ...COUNT, description: 'With `onError=skip`: events left out.' },
      errors: {
        type: 'array',
        maxItems: 1_000,
        items: { $ref: '#/components/schemas/ProblemPlace' },
        description: 'With `onError=skip`: why they were.',
      },
    },
  },
} as ApiResponseNoStatusOptions;
