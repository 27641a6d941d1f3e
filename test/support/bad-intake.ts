import fc from 'fast-check';
import { type BadRequest, BATCH, EVENT, LINES, post, VALID_EVENT } from './bad-request.js';

/** Requests to ingest that are wrong by how much there is of something, or by how they are sent. */

const MIB = 1024 * 1024;

const HEADERS: Readonly<Record<string, string | string[]>> = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': 'bad-1',
  'ce-source': 'https://area-web.example',
  'ce-type': 'it.mip.booked.v1',
  'ce-subject': 'bad-journey',
  'ce-time': '2020-05-04T10:00:00+02:00',
};

const binary = (what: string, changes: Readonly<Record<string, string | string[] | undefined>>) => {
  const given = Object.entries({ ...HEADERS, ...changes });
  const headers = Object.fromEntries(
    given.filter((entry) => entry[1] !== undefined),
  ) as BadRequest['headers'];
  return { ...post(what, '', JSON.stringify(VALID_EVENT.data)), headers };
};

const attribute = fc.constantFrom(...Object.keys(HEADERS).filter((name) => name.startsWith('ce-')));
const inRaw = (text: string) => Buffer.from(text).toString('latin1');

/** An event in binary mode with one header that is wrong, missing, there twice, or not possible. */
const binaryMode = fc.oneof(
  attribute.map((name) => binary(`binary mode without ${name}`, { [name]: undefined })),
  attribute.map((name) =>
    binary(`binary mode with ${name} twice`, { [name]: [HEADERS[name] as string, 'x'] }),
  ),
  fc
    .tuple(attribute, fc.constantFrom('', '%FF', '%C3', '%00', inRaw('caffè'), '\u00ff', 'x'.repeat(300)))
    .map(([name, value]) => binary(`binary mode with a wrong ${name}`, { [name]: value })),
  fc
    .constantFrom(
      'ce-data',
      'ce-data_base64',
      'ce-datacontenttype',
      'ce-UPPER_',
      'ce-__proto__',
      'ce-a-b',
      'ce-',
    )
    .map((name) => binary(`binary mode with ${name}`, { [name]: 'x' })),
  fc
    .constantFrom('', '[]', '{', '{"venue":1}', 'null', '"text"', `{"a":${'['.repeat(20_000)}`)
    .map((body) => ({ ...binary('binary mode with a wrong body', {}), body })),
);

/** More of something than there may be. */
const tooMuch = fc
  .tuple(fc.integer({ min: 1_001, max: 12_000 }), fc.constantFrom('A', 'a_', 'é'))
  .chain(([count, prefix]) => {
    const names = Array.from({ length: count }, (_, at) => `${JSON.stringify(`${prefix}${at}`)}:1`).join();
    const event = JSON.stringify(VALID_EVENT);
    const inEvent = event.replace('{', `{${names},`);
    const inData = event.replace('"data":{', `"data":{${names},`);
    return fc.constantFrom(
      post('many attributes', EVENT, inEvent),
      post('many properties', EVENT, inData),
      post('many properties in a batch', BATCH, `[${inData},${inEvent}]`),
      post('many properties in a line', LINES, `${inData}\n`),
      post('a batch of many', BATCH, `[${'{},'.repeat(count)}{}]`),
      post('a batch of many, wrong ones left out', BATCH, `[${'{},'.repeat(count)}{}]`, '?onError=skip'),
    );
  });

const LONG_LINE = Buffer.alloc(MIB + 1, 'x');
const LONG_BODY = Buffer.alloc(8 * MIB + 1, ' ');

const tooLong = fc.oneof(
  { weight: 4, arbitrary: fc.constant(post('a line that is too long', LINES, LONG_LINE)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(EVENT, BATCH).map((type) => post('a body that is too long', type, LONG_BODY)),
  },
);

const leftOut = (what: string, type: string, body: string | Buffer): BadRequest => ({
  ...post(`${what}, left out`, type, body, '?onError=skip'),
  isLeftOut: true,
});

/** What is left out of a request that asks for it. */
const skipped = fc
  .constantFrom(
    '{}',
    '1',
    'null',
    JSON.stringify({ ...VALID_EVENT, id: '' }),
    JSON.stringify({ ...VALID_EVENT, data: {} }),
    JSON.stringify({ ...VALID_EVENT, time: 'soon', data: { venue: 'NOWHERE' } }),
  )
  .chain((event) =>
    fc.constantFrom(
      leftOut('a wrong event', EVENT, event),
      leftOut('wrong events', BATCH, `[${event},${event}]`),
      leftOut('wrong lines', LINES, `${event}\n\n{\n${event}`),
      leftOut('no line of JSON', LINES, Buffer.from([0xc3, 0x28, 0x0a])),
      leftOut('a line that is too long', LINES, LONG_LINE),
      post('no JSON, left out', EVENT, `${event}]`, '?onError=skip'),
      post('no JSON in a batch, left out', BATCH, `[${event},]`, '?onError=skip'),
    ),
  );

export const badIntake: fc.Arbitrary<BadRequest> = fc.oneof(
  { weight: 6, arbitrary: binaryMode },
  { weight: 4, arbitrary: skipped },
  { weight: 2, arbitrary: tooMuch },
  { weight: 1, arbitrary: tooLong },
);
