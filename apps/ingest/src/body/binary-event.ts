import { type Input } from './read-events.js';

const PREFIX = 'ce-';
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;
const PRINTABLE = /^[ -~]*$/;

/**
 * The event of a request in CloudEvents binary mode: attributes from `ce-` headers, data from the body. Values are
 * percent-decoded as the HTTP binding of CloudEvents 1.0 says (3.1.3.2). A header that is wrong is told beside the
 * value as it came, so that the rest of the event can be checked all the same.
 *
 * @param rawHeaders names and values in turn, as they came: joined, two of one name could not be told from one
 */
export function binaryEvent(rawHeaders: readonly string[], body: Input): Input {
  const attributes = new Map<string, unknown>();
  const errors = [...body.errors];
  const add = (name: string, detail: string) => errors.push({ pointer: `/${name}`, detail });
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = rawHeaders[at]!.toLowerCase();
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    if (name === 'data' || name === 'datacontenttype') {
      add(name, `the header ${header} is not possible: the body says it`);
    } else if (attributes.has(name)) add(name, `the header ${header} is given more than once`);
    else
      attributes.set(
        name,
        attribute(rawHeaders[at + 1]!, (detail) => add(name, detail)),
      );
  }
  attributes.set('datacontenttype', 'application/json').set('data', body.value);
  return { value: Object.fromEntries(attributes), errors };
}

function attribute(value: string, add: (detail: string) => void): string {
  if (!PRINTABLE.test(value)) {
    add('has characters outside printable ASCII: a header holds them as percent-encoded UTF-8');
    return value;
  }
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const text = quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
  try {
    return text.replace(ESCAPES, (escapes) => decodeURIComponent(escapes));
  } catch {
    add('is not percent-encoded UTF-8');
    return value;
  }
}
