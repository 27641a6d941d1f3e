import { setTimeout as sleep } from 'node:timers/promises';

export interface Acknowledged {
  readonly position: string;
  readonly recordedAt: string;
}

const SOURCE = 'https://area-web.example';
const TERRITORIES = ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN'];
const VENUE = { venue: 'ONLINE-TORINO', meetingId: 'm-1' };

type Step = readonly [name: string, data: Readonly<Record<string, unknown>>];

/** What a journey sends: not all take part or choose, and each takes one of its facts back in the end. */
function stepsOf(journey: number, idOf: (step: number) => string): readonly Step[] {
  const sa = journey % 2 === 0 ? 'IZI-TORINO' : 'CODEX-CUNEO';
  const retracted = 1 + (journey % 4);
  return [
    ['registered', { territory: TERRITORIES[journey % 4], profile: { gender: 'F' } }],
    ['booked', { ...VENUE, scheduledFor: '2020-05-05T10:00:00+02:00' }],
    [journey % 5 === 4 ? 'absent' : 'attended', VENUE],
    journey % 7 === 6 ? ['abandoned', { reason: 'found_job' }] : ['sa-chosen', { sa }],
    ['pds-signed', { sa }],
    ['retracted', { source: SOURCE, id: idOf(retracted), reason: 'recorded_in_error' }],
  ];
}

const STEPS = 6;

/** Whether a fact is one that such a load sends. */
export const isOfLoad = ({ source, id }: { readonly source: string; readonly id: string }): boolean =>
  source === SOURCE && /^e-\d+-\d+$/.test(id);

/** Whether the fact of this id is a registration, which is never taken back. */
export const isRegistration = (id: string): boolean => Number(id.split('-')[2]) % STEPS === 0;

function eventOf(sender: number, number: number) {
  const journey = Math.floor(number / STEPS);
  const idOf = (step: number) => `e-${sender}-${journey * STEPS + step}`;
  const step = number % STEPS;
  const [name, data] = stepsOf(journey, idOf)[step]!;
  return {
    specversion: '1.0',
    id: idOf(step),
    source: SOURCE,
    type: `it.mip.${name}.v1`,
    subject: `journey-${sender}-${journey}`,
    time: new Date(Date.parse('2020-04-27T08:00:00Z') + number * 60_000).toISOString(),
    data,
  };
}

/** What a sender sends at once: so many facts as one event or a batch, or so many as lines (NDJSON). */
export type Portion = number | { readonly lines: number };

interface Request {
  readonly type: string;
  readonly body: string;
  readonly ids: readonly string[];
}

interface Answer {
  readonly results?: readonly (Acknowledged & { readonly id: string; readonly status: string })[];
  readonly accepted: number;
  readonly duplicates: number;
  readonly position: string;
}

const ANSWER_LIMIT_MS = 20_000;
const RETRY_MS = 50;

/**
 * Sends facts, single ones, batches and lines, and sends each request again as it was until it is acknowledged, as the
 * Area Web does. Every answer has to be 200, or 429 or 503 with a time to come back; a request without an answer counts as
 * broken off.
 */
export class RetryingLoad {
  /** Where each acknowledged fact stands, as far as it was told: the answer to lines gives only sums. */
  readonly acknowledged = new Map<string, Acknowledged | undefined>();
  /** Answers by status; 0 for connections that broke. */
  readonly answers = new Map<number, number>();
  /** Facts that were acknowledged only when they were sent again: the first time they were stored without an answer. */
  duplicates = 0;
  /** Of the last acknowledged facts. */
  lastPosition = '0';
  private readonly stopped = new AbortController();
  private readonly abandoned = new AbortController();
  private readonly senders: readonly Promise<void>[];

  /**
   * @param url where to send now; asked again for every request
   * @param firstSender where counting them begins: loads on one log are to have senders of different numbers
   */
  constructor(
    private readonly url: () => string,
    portions: readonly Portion[] = [1, 20, 1, 20],
    private readonly pauseMs = 0,
    firstSender = 0,
  ) {
    this.senders = portions.map((portion, at) => this.send(firstSender + at, portion));
    // Whoever stops it gets to see a failure; until then it must not end the process.
    for (const sender of this.senders) sender.catch(() => undefined);
  }

  /** Resolves when everything that was begun is acknowledged. Rejects when an answer was wrong. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.senders);
  }

  /** Gives up what is under way: after a failure nobody may be there to take it, and the run could not end. */
  abandon(): void {
    this.stopped.abort();
    this.abandoned.abort();
  }

  /** The journeys of a sender are its own, so that a fact is always in the log before it is taken back. */
  private async send(sender: number, portion: Portion): Promise<void> {
    const size = typeof portion === 'number' ? portion : portion.lines;
    for (let next = 0; !this.stopped.signal.aborted; next += size) {
      const events = Array.from({ length: size }, (_, index) => eventOf(sender, next + index));
      const request = requestOf(events, typeof portion !== 'number');
      while (!this.abandoned.signal.aborted && !(await this.isTaken(request))) await sleep(RETRY_MS);
      if (this.pauseMs > 0) await sleep(this.pauseMs);
    }
  }

  private async isTaken({ type, body, ids }: Request): Promise<boolean> {
    const answer = await fetch(`${this.url()}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    }).catch((error: Error) => {
      if (error.name === 'TimeoutError') throw new Error('a request hangs', { cause: error });
      return undefined;
    });
    const text = await answer?.text().catch(() => undefined);
    const status = answer && text !== undefined ? answer.status : 0;
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (status === 0) return false;
    if (status === 429 || status === 503) {
      if (!answer!.headers.get('retry-after')) throw new Error(`${status} without Retry-After: ${text}`);
      return false;
    }
    if (status !== 200) throw new Error(`${status} ${text}`);
    this.note(JSON.parse(text!) as Answer, ids);
    return true;
  }

  private note({ results, accepted, duplicates, position }: Answer, ids: readonly string[]): void {
    if (accepted + duplicates !== ids.length) throw new Error(`${accepted} + ${duplicates} of ${ids.length}`);
    this.duplicates += duplicates;
    for (const id of ids) this.acknowledged.set(id, undefined);
    for (const { id, position: at, recordedAt } of results ?? []) {
      this.acknowledged.set(id, { position: at, recordedAt });
    }
    if (Number(position) > Number(this.lastPosition)) this.lastPosition = position;
  }
}

function requestOf(events: readonly ReturnType<typeof eventOf>[], asLines: boolean): Request {
  const ids = events.map(({ id }) => id);
  if (asLines) {
    const body = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    return { type: 'application/x-ndjson', body, ids };
  }
  if (events.length === 1) {
    return { type: 'application/cloudevents+json', body: JSON.stringify(events[0]), ids };
  }
  return { type: 'application/cloudevents-batch+json', body: JSON.stringify(events), ids };
}
