import fc from 'fast-check';
import { badIntake } from './bad-intake.js';
import { type BadRequest, BATCH, EVENT, LINES, post, VALID_EVENT } from './bad-request.js';

/** The one wrong event alone, in a batch and as a line. */
const everyWay = (what: string, event: string): fc.Arbitrary<BadRequest> =>
  fc.constantFrom(
    post(what, EVENT, event),
    post(what, BATCH, `[${event}]`),
    post(what, LINES, `${event.replaceAll('\n', ' ')}\n`),
    post(`${what}, only checked`, EVENT, event, '?validateOnly=true'),
  );

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/** No JSON at all, or JSON that stops too early. */
const brokenJson = fc
  .tuple(fc.nat(JSON.stringify(VALID_EVENT).length - 2), fc.constantFrom('', '}', '\u0000', ',,', '"'))
  .map(([length, end]) => JSON.stringify(VALID_EVENT).slice(0, length) + end)
  // Nothing between brackets is a batch without events, and right.
  .filter((text) => text !== '' && !isObject(text))
  .chain((text) =>
    fc.constantFrom(post('broken JSON', EVENT, text), post('broken JSON', BATCH, `[${text}]`)),
  );

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** JSON that is no event. */
const noEvent = fc
  .oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { minLength: 1 }))
  .chain((value) => everyWay('JSON that is no event', JSON.stringify(value)));

const wrongValues = fc.oneof(
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.constant({ toString: 'x', constructor: 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(Number.MAX_VALUE),
  fc.boolean(),
  fc.constant(''),
  fc.constant('\u0000\u0007'),
  fc.string({ minLength: 400, maxLength: 500 }),
);

/** A valid event with one attribute or one property of its data made wrong. */
const wrongValue = fc
  .tuple(
    fc.constantFrom(
      'specversion',
      'id',
      'source',
      'type',
      'subject',
      'time',
      'data',
      'venue',
      'meetingId',
      'scheduledFor',
    ),
    wrongValues,
  )
  .chain(([key, value]) => {
    const event =
      key in VALID_EVENT
        ? { ...VALID_EVENT, [key]: value }
        : { ...VALID_EVENT, data: { ...VALID_EVENT.data, [key]: value } };
    return everyWay(`wrong ${key}`, JSON.stringify(event));
  });

const missing = fc
  .constantFrom('specversion', 'id', 'source', 'type', 'subject', 'time', 'data')
  .chain((key) => everyWay(`no ${key}`, JSON.stringify({ ...VALID_EVENT, [key]: undefined })));

/** Written as text, since JavaScript would take some of these keys for something else. */
const strangeKeys = fc
  .constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '$gt', 'a.b')
  .chain((key) => {
    const text = JSON.stringify(VALID_EVENT);
    const property = `${JSON.stringify(key)}:{"venue":"CPI-RIVOLI"},`;
    return fc.oneof(
      everyWay(`data with ${key}`, text.replace('"data":{', `"data":{${property}`)),
      everyWay(`event with ${key}`, text.replace('{', `{${property}`)),
    );
  });

const hugeNumbers = fc
  .constantFrom('1e400', '-1', '1000000001', '1e308', '0.5', '123456789012345678901234567890', '-0.1')
  .chain((number) =>
    everyWay(
      'number out of range',
      `{"specversion":"1.0","id":"n","source":"s","type":"it.mip.contact-handled.v1","time":"2020-05-04T10:00:00Z","data":{"channel":"phone","durationSeconds":${number}}}`,
    ),
  );

const deep = fc
  .tuple(fc.integer({ min: 2, max: 60_000 }), fc.constantFrom('data', 'subject', 'extension'))
  .chain(([depth, key]) =>
    everyWay(
      'deep nesting',
      JSON.stringify({ ...VALID_EVENT, [key]: 0 }).replace(`"${key}":0`, `"${key}":${nested(depth)}`),
    ),
  );

const encodings = fc.constantFrom(
  post(
    'invalid UTF-8',
    EVENT,
    Buffer.concat([Buffer.from('{"specversion":"1.0","id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  ),
  post('invalid UTF-8 line', LINES, Buffer.from([0xc3, 0x28, 0x0a])),
  post('UTF-16', EVENT, Buffer.from(JSON.stringify(VALID_EVENT), 'utf16le')),
  post('a charset that is not UTF-8', `${EVENT}; charset=utf-16`, JSON.stringify(VALID_EVENT)),
  post('an empty body', EVENT, ''),
  post('white space', BATCH, '  \n '),
);

const contentTypes = fc
  .oneof(
    fc.constantFrom(
      'text/plain',
      'application/json',
      'application/xml',
      'multipart/form-data',
      'x',
      '*/*',
      'application/cloudevents+xml',
      'application/x-www-form-urlencoded',
    ),
    fc.stringMatching(/^[a-z]{1,10}\/[a-z]{1,10}$/),
  )
  .map((type) => post(`content type ${type}`, type, JSON.stringify(VALID_EVENT)));

const readPaths: Readonly<Record<string, readonly string[]>> = {
  '/v1/funnel/monthly': [
    'from',
    'to',
    'until',
    'knownAt',
    'groupBy',
    'territory',
    'venue',
    'mode',
    'sa',
    'gender',
    'after',
  ],
  '/v1/funnel/cumulative': ['from', 'knownAt', 'groupBy', 'education'],
  '/v1/funnel/period-ratio': ['fromStage', 'toStage', 'by', 'groupBy', 'venue', 'sa'],
  '/v1/funnel/cohort': ['stage', 'by', 'groupBy', 'sa', 'from'],
  '/v1/hysteresis': ['fromStage', 'toStage', 'net', 'curve', 'by', 'knownAt', 'mode'],
  '/v1/hysteresis/compare': ['fromStage', 'net', 'groupBy', 'until', 'sa'],
  '/v1/hysteresis/triangle': ['toStage', 'net', 'groupBy', 'from', 'venue'],
  '/v1/hysteresis/nowcast': ['fromStage', 'toStage', 'net', 'by', 'curve', 'until', 'sa'],
  '/v1/hysteresis/nowcast/backtest': ['toStage', 'net', 'groupBy', 'knownAt', 'by'],
  '/v1/absence': ['from', 'to', 'groupBy', 'venue', 'gender'],
  '/v1/stock': ['from', 'to', 'groupBy', 'sa', 'until'],
  '/v1/meetings/monthly': ['groupBy', 'sa', 'from'],
  '/v1/contacts/monthly': ['groupBy', 'territory', 'from'],
  '/v1/web-traffic/monthly': ['groupBy', 'to'],
  '/v1/questionnaire': ['groupBy', 'venue', 'knownAt'],
  '/v1/recording-delay': ['groupBy', 'venue', 'from', 'knownAt'],
  '/v1/catalogue': ['after', 'from', 'knownAt'],
  '/v1/journeys/somebody': ['until', 'knownAt', 'after', 'groupBy'],
  '/v1/journeys': ['stage', 'status', 'outcome', 'toStage', 'limit', 'cursor', 'net'],
  '/v1/quality/findings': ['from', 'groupBy', 'until', 'kind'],
  '/v1/quality/findings/journeys': ['kind', 'limit', 'cursor'],
  '/v1/audit/diff': ['and', 'knownAt', 'groupBy', 'from'],
  '/v1/audit/replay': ['asOf', 'groupBy', 'from'],
  '/v1/audit/log': ['limit', 'cursor', 'knownAt'],
};

const badValues = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'x',
    '2020-13-01',
    '2020-02-30',
    '20200101',
    '-1',
    '1e9',
    '0x10',
    'null',
    '%00',
    '%F0%9F%98%80',
  ),
  fc.constantFrom(
    '2020-01-01T00:00:00',
    '2020-01-01T25:00:00Z',
    'territory,',
    ',',
    'TO,,CN',
    'territory,territory',
    '__proto__',
    "'; DROP",
  ),
  fc.stringMatching(/^[a-z]{3,20}$/),
);

const badQuery = fc
  .constantFrom(...Object.entries(readPaths))
  .chain(([path, keys]) => fc.tuple(fc.constant(path), fc.constantFrom(...keys), badValues))
  .map(([path, key, value]): BadRequest => ({
    what: `${path} with a wrong ${key}`,
    method: 'GET',
    path: `${path}?${key}=${encodeURIComponent(value)}`,
    headers: {},
  }));

const unknownParameter = fc
  .tuple(
    fc.constantFrom(...Object.keys(readPaths)),
    fc.constantFrom('x', 'From', 'group', '__proto__', 'constructor', '$where', 'from[gt]'),
  )
  .map(([path, key]): BadRequest => ({
    what: 'an unknown parameter',
    method: 'GET',
    path: `${path}?${encodeURIComponent(key)}=1`,
    headers: {},
  }));

const repeated = fc.constantFrom(...Object.keys(readPaths)).map((path): BadRequest => ({
  what: 'a repeated parameter',
  method: 'GET',
  path: `${path}?knownAt=2020-01-01&knownAt=2020-01-02`,
  headers: {},
}));

const strangePaths = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
    fc.constantFrom(
      '/v1',
      '/v1/nothing',
      '/v1/events/x',
      '/%',
      '/..%2f..%2fetc',
      '/v1/journeys/',
      '/v1/funnel',
    ),
  )
  .map(([method, path]): BadRequest => ({
    what: 'a path that does not exist',
    method: method,
    path,
    headers: {},
  }));

const ingestParameters = fc
  .constantFrom(
    '?onError=ignore',
    '?validateOnly=yes',
    '?x=1',
    '?onError=skip&onError=skip',
    '?validateOnly=',
    '?__proto__=1',
  )
  .map((query) => post('a wrong parameter', EVENT, JSON.stringify(VALID_EVENT), query));

/** Requests that are wrong by how they were made. */
export const badRequests: fc.Arbitrary<BadRequest> = fc.oneof(
  brokenJson,
  noEvent,
  { weight: 3, arbitrary: wrongValue },
  missing,
  { weight: 2, arbitrary: strangeKeys },
  hugeNumbers,
  deep,
  encodings,
  contentTypes,
  { weight: 3, arbitrary: badQuery },
  unknownParameter,
  repeated,
  strangePaths,
  ingestParameters,
  { weight: 3, arbitrary: badIntake },
);
