import { type EventError } from '#events';
import { ProblemError } from '#http';
import { Turns } from '../turns.js';
import { HARMLESS_BYTES, isArray, JsonScanner, textStart } from './json-scanner.js';
import { parseJson } from './read-body.js';

const MAX_BATCH = 1_000;
/** Of a whole batch; its events are all in memory until they are stored. */
const MOST_BATCH_VALUES = 200_000;

/** One event of a body. */
export interface Input {
  /** The parsed JSON; undefined when it was not parsed. */
  readonly value: unknown;
  /** What is wrong with how it was sent. */
  readonly errors: readonly EventError[];
}

const NO_ERRORS: readonly EventError[] = [];

/**
 * The one event of a body.
 *
 * @throws ProblemError `malformed` for what is no JSON
 */
export function readEvent(bytes: Buffer): Input | Promise<Input> {
  return bytes.length <= HARMLESS_BYTES ? parsed(bytes) : readLargeEvent(bytes);
}

async function readLargeEvent(bytes: Buffer): Promise<Input> {
  const scanner = await scan(new JsonScanner(bytes));
  const { tooMuch } = scanner.events[0]!;
  return tooMuch ? { value: undefined, errors: [tooMuch] } : parsed(bytes);
}

/**
 * The events of a batch. A large one is cut first and parsed event by event, so that others get their turn.
 *
 * @throws ProblemError `malformed`, `invalid-event` for what is no array, `too-large` for more than 1,000 events
 */
export async function readBatch(bytes: Buffer): Promise<readonly Input[]> {
  if (bytes.length <= HARMLESS_BYTES) return smallBatch(bytes);
  if (!isArray(bytes)) throw noArray();
  const scanner = await scan(new JsonScanner(bytes.subarray(textStart(bytes)), MAX_BATCH));
  requireFew(scanner.events.length);
  if (scanner.isBroken) throw new ProblemError('malformed', 'The body is not JSON: its array has no end.');
  if (scanner.values > MOST_BATCH_VALUES) {
    throw new ProblemError('too-large', `A batch may hold at most ${MOST_BATCH_VALUES} values.`);
  }
  const turns = new Turns();
  const inputs: Input[] = [];
  for (const [index, { bytes: text, tooMuch }] of scanner.events.entries()) {
    inputs.push(tooMuch ? { value: undefined, errors: [tooMuch] } : parsed(text, index));
    if (turns.isOver()) await turns.giveWay();
  }
  return inputs;
}

function smallBatch(bytes: Buffer): readonly Input[] {
  const { value } = parsed(bytes);
  if (!Array.isArray(value)) throw noArray();
  requireFew(value.length);
  return value.map((one: unknown) => ({ value: one, errors: NO_ERRORS }));
}

async function scan(scanner: JsonScanner): Promise<JsonScanner> {
  const turns = new Turns();
  while (!scanner.step()) {
    if (scanner.events.length > MAX_BATCH) break;
    if (turns.isOver()) await turns.giveWay();
  }
  return scanner;
}

function parsed(bytes: Buffer, index?: number): Input {
  const read = parseJson(bytes);
  if (read.ok) return { value: read.value, errors: NO_ERRORS };
  const place = index === undefined ? 'The body' : `Event ${index} of the body`;
  throw new ProblemError('malformed', `${place} ${read.detail}.`);
}

const noArray = () => new ProblemError('invalid-event', 'A batch is a JSON array of events.');

function requireFew(events: number): void {
  if (events <= MAX_BATCH) return;
  throw new ProblemError('too-large', `A batch may have at most ${MAX_BATCH} events; send more as NDJSON.`);
}
