import { setTimeout as sleep } from 'node:timers/promises';

export interface Acknowledged {
  readonly position: string;
  readonly recordedAt: string;
}

const STEPS: readonly [string, Record<string, unknown>][] = [
  ['registered', { territory: 'TO', profile: { gender: 'F' } }],
  ['booked', { venue: 'ONLINE-TORINO', meetingId: 'm-1', scheduledFor: '2020-05-05T10:00:00+02:00' }],
  ['attended', { venue: 'ONLINE-TORINO', meetingId: 'm-1' }],
  ['sa-chosen', { sa: 'IZI-TORINO' }],
  ['pds-signed', { sa: 'IZI-TORINO' }],
];

/** Facts of a journey that the load sends for each number. */
export const isRegistration = (id: string): boolean => Number(id.slice(2)) % STEPS.length === 0;

function event(number: number) {
  const [name, data] = STEPS[number % STEPS.length]!;
  return {
    specversion: '1.0',
    id: `e-${number}`,
    source: 'https://area-web.example',
    type: `it.mip.${name}.v1`,
    subject: `journey-${Math.floor(number / STEPS.length)}`,
    time: new Date(Date.parse('2020-04-27T08:00:00Z') + number * 60_000).toISOString(),
    data,
  };
}

const ANSWER_LIMIT_MS = 20_000;
const RETRY_MS = 50;

/**
 * Sends facts, single ones and batches, and sends each again until it is acknowledged, as the Area Web does. Every answer
 * has to be 200, or 429 or 503 with a time to come back; a request without an answer counts as broken off.
 */
export class RetryingLoad {
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Answers by status; 0 for connections that broke. */
  readonly answers = new Map<number, number>();
  /** Of the last acknowledged facts. */
  lastPosition = '0';
  private next = 0;
  private readonly stopped = new AbortController();
  private readonly abandoned = new AbortController();
  private readonly senders: readonly Promise<void>[];

  /** @param url where to send now; asked again for every request */
  constructor(
    private readonly url: () => string,
    sizes: readonly number[] = [1, 20, 1, 20],
    private readonly pauseMs = 0,
  ) {
    this.senders = sizes.map((size) => this.send(size));
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

  private async send(size: number): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const events = Array.from({ length: size }, () => event(this.next++));
      const body = JSON.stringify(size > 1 ? events : events[0]);
      while (!this.abandoned.signal.aborted && !(await this.isTaken(body, size > 1))) await sleep(RETRY_MS);
      if (this.pauseMs > 0) await sleep(this.pauseMs);
    }
  }

  private async isTaken(body: string, isBatch: boolean): Promise<boolean> {
    const answer = await fetch(`${this.url()}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': `application/cloudevents${isBatch ? '-batch' : ''}+json` },
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
    const { results, position } = JSON.parse(text!) as {
      results: (Acknowledged & { id: string })[];
      position: string;
    };
    for (const { id, position: at, recordedAt } of results) {
      this.acknowledged.set(id, { position: at, recordedAt });
    }
    if (Number(position) > Number(this.lastPosition)) this.lastPosition = position;
    return true;
  }
}
