import { setTimeout as pause } from 'node:timers/promises';
import { type AppendRequest, type EventLog, EventLogError, type LogPosition, LOG_START } from '#event-log';
import { type StoredFact } from '#events';
import { canonicalFact, FactDigest } from './canonical-fact.js';

const PAGE_SIZE = 1_000;
const MOST_FACTS_AN_APPEND = 500;
const RETRY_MS = 1_000;

/** Why a log cannot be copied. */
export class CopyError extends Error {
  override readonly name = 'CopyError';

  constructor(
    readonly code: 'other-facts' | 'out-of-order' | 'being-written' | 'not-the-same',
    message: string,
  ) {
    super(message);
  }
}

export interface CopyOptions {
  /** Appends under way at a time. More than one only where the target carries them out in the order of the calls. */
  readonly window: number;
  /** How long to go on trying while the target is away, in milliseconds. */
  readonly patienceMs: number;
  /** Told now and then: facts that are there, and how far along the source that is, from 0 to 1. */
  readonly progress?: (facts: number, share: number) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** Facts that were there from an earlier, unfinished copy. */
  readonly before: number;
  readonly copied: number;
  /** Of all facts, in both logs. */
  readonly digest: string;
  /** How far the source was copied: its last fact when the copy began. */
  readonly end: LogPosition;
}

/**
 * Copies every fact of a log into another in the order of the log, with its stream, recorded and accepted time. A copy
 * that was broken off goes on where it was. In the end both logs are read and compared.
 *
 * @throws CopyError `other-facts` when the target is no beginning of the source, `being-written` when somebody else
 *   writes to it, `out-of-order` or `not-the-same` when it is not what it should be; EventLogError of either log
 */
export async function copyLog(source: EventLog, target: EventLog, options: CopyOptions): Promise<Copied> {
  const end = await source.head();
  const { count, after } = await commonBeginning(source, target, end);
  let done = count;
  const flight = new Flight(target, options);
  for await (const { facts, position } of source.readAll({ after, upTo: end, pageSize: PAGE_SIZE })) {
    for (const request of appendsOf(facts)) {
      if (options.signal?.aborted) throw options.signal.reason;
      await flight.add(request);
      done += request.facts.length;
    }
    options.progress?.(done, end === LOG_START ? 1 : position / end);
  }
  await flight.land();
  const [original, copy] = await Promise.all([digestOf(source, end), digestOf(target)]);
  if (original.count !== copy.count || original.digest !== copy.digest) {
    throw new CopyError(
      'not-the-same',
      `the source has ${original.count} facts, the target ${copy.count}, and they differ`,
    );
  }
  return { before: count, copied: original.count - count, digest: copy.digest, end };
}

/** How many facts the target has already, and where in the source the next one is looked for. */
async function commonBeginning(
  source: EventLog,
  target: EventLog,
  end: LogPosition,
): Promise<{ count: number; after: LogPosition }> {
  const originals = factsOf(source, end);
  let count = 0;
  let after = LOG_START;
  for await (const copy of factsOf(target)) {
    const { value: original } = (await originals.next()) as { value: StoredFact | undefined };
    if (!original || canonicalFact(original) !== canonicalFact(copy)) {
      throw new CopyError(
        'other-facts',
        `the target holds other facts: its fact ${count + 1} is not that of the source`,
      );
    }
    count += 1;
    after = original.position;
  }
  await originals.return(undefined);
  return { count, after };
}

async function* factsOf(log: EventLog, upTo?: LogPosition): AsyncGenerator<StoredFact, undefined> {
  for await (const page of log.readAll({ after: LOG_START, upTo, pageSize: PAGE_SIZE })) yield* page.facts;
  return undefined;
}

async function digestOf(log: EventLog, upTo?: LogPosition): Promise<{ count: number; digest: string }> {
  const digest = new FactDigest();
  for await (const fact of factsOf(log, upTo)) digest.add(canonicalFact(fact));
  return { count: digest.count, digest: digest.end() };
}

/** Neighbours of one stream go together: the order stays the same. */
function* appendsOf(facts: readonly StoredFact[]): Generator<AppendRequest> {
  let start = 0;
  for (let index = 1; index <= facts.length; index += 1) {
    const isSame = facts[index]?.stream === facts[start]?.stream && index - start < MOST_FACTS_AN_APPEND;
    if (isSame && index < facts.length) continue;
    const group = facts.slice(start, index);
    const [{ stream, revision }] = group as [StoredFact];
    yield { stream, expectedRevision: revision - 1, facts: group };
    start = index;
  }
}

/** Appends under way, whose places have to come out in the order in which they were begun. */
class Flight {
  private readonly underWay: Promise<void>[] = [];
  private last = LOG_START;

  constructor(
    private readonly target: EventLog,
    private readonly options: CopyOptions,
  ) {}

  async add(request: AppendRequest): Promise<void> {
    const before = this.underWay.at(-1);
    const landing = this.append(request, before);
    landing.catch(() => undefined);
    this.underWay.push(landing);
    while (this.underWay.length >= this.options.window) await this.underWay.shift();
  }

  async land(): Promise<void> {
    while (this.underWay.length > 0) await this.underWay.shift();
  }

  private async append(request: AppendRequest, before: Promise<void> | undefined): Promise<void> {
    const [first = 0, ...others] = await this.patiently(request);
    await before;
    if (first <= this.last) {
      throw new CopyError(
        'out-of-order',
        'the target did not keep the order of the facts; begin again with an empty one',
      );
    }
    this.last = others.at(-1) ?? first;
  }

  private async patiently(request: AppendRequest): Promise<readonly LogPosition[]> {
    const giveUp = Date.now() + this.options.patienceMs;
    for (;;) {
      try {
        const outcome = await this.target.append(request);
        if (outcome.kind === 'appended') return outcome.positions;
        throw new CopyError('being-written', `somebody else writes to ${request.stream} in the target`);
      } catch (error) {
        const mayPass =
          error instanceof EventLogError &&
          ['outcome-unknown', 'unavailable', 'overloaded'].includes(error.code);
        if (!mayPass || Date.now() >= giveUp || this.options.signal?.aborted) throw error;
        await pause(RETRY_MS);
      }
    }
  }
}
