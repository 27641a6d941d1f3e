import { type Instant } from '#calendar';
import { type JsonObject, type StoredFact, toCloudEvent } from '#events';
import { type EventLog, formatPosition, LOG_START, type LogPosition, parsePosition } from '#event-log';

/** Facts read at once for a page of the answer; a page that most facts are cut from reads more often. */
const READ_SIZE = 500;

export interface AuditLogCut {
  /** Only facts recorded by then. */
  readonly knownAt?: Instant;
  readonly signal?: AbortSignal;
}

export interface AuditLogPage {
  /** CloudEvents in log order, with `acceptedtime` and `position`. */
  readonly items: readonly JsonObject[];
  /** Cursor of the next page; undefined after the last fact. */
  readonly next: string | undefined;
  /** All pages of one reading show the log as it stood here. */
  readonly position: LogPosition;
}

/** A place to go on reading from. */
export interface AuditCursor {
  readonly after: LogPosition;
  readonly upTo: LogPosition;
}

/** The cursor that a client sent back, or undefined when it is none that was ever given. */
export function parseCursor(token: string): AuditCursor | undefined {
  const [after, upTo, ...rest] = token.split('-').map(parsePosition);
  if (after === undefined || upTo === undefined || rest.length > 0 || after > upTo) return undefined;
  return { after, upTo };
}

function formatCursor({ after, upTo }: AuditCursor): string {
  return `${formatPosition(after)}-${formatPosition(upTo)}`;
}

/** One page of the log; without a cursor the first one, up to where the log stands now. */
export async function auditLogPage(
  log: EventLog,
  options: AuditLogCut & { readonly cursor?: AuditCursor; readonly limit: number },
): Promise<AuditLogPage> {
  const { after, upTo } = options.cursor ?? { after: LOG_START, upTo: await log.head() };
  const facts: StoredFact[] = [];
  // One more than asked for tells whether there is a next page.
  for await (const page of factPages(log, { after, upTo }, options)) {
    facts.push(...page);
    if (facts.length > options.limit) break;
  }
  const shown = facts.slice(0, options.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(asCloudEvent),
    next: last && facts.length > options.limit ? formatCursor({ after: last.position, upTo }) : undefined,
    position: upTo,
  };
}

/** The whole log up to a position as NDJSON, in pieces of whole lines. */
export async function* streamAuditLog(
  log: EventLog,
  options: AuditLogCut & { readonly upTo: LogPosition },
): AsyncGenerator<string> {
  for await (const facts of factPages(log, { after: LOG_START, upTo: options.upTo }, options)) {
    if (facts.length > 0) yield facts.map((fact) => `${JSON.stringify(asCloudEvent(fact))}\n`).join('');
  }
}

async function* factPages(
  log: EventLog,
  range: AuditCursor,
  { knownAt, signal }: AuditLogCut,
): AsyncGenerator<StoredFact[]> {
  for await (const { facts } of log.readAll({ ...range, pageSize: READ_SIZE, signal })) {
    yield facts.filter(({ recorded }) => knownAt === undefined || recorded <= knownAt);
  }
  // A log that is told to stop ends its pages without a word.
  signal?.throwIfAborted();
}

function asCloudEvent(fact: StoredFact): JsonObject {
  return toCloudEvent(fact, formatPosition(fact.position));
}
