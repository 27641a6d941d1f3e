import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadCatalogue } from '#catalogue';
import { type EventLog, LOG_START } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type StoredFact } from '#events';
import { type ApiKey, createHttpApp, createLogger } from '#http';
import { IngestApp } from '../ingest-app.js';
import { INGEST_LIMITS, type IngestLimits } from '../ingest-limits.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // The shape of each answer is what the tests are about.
  readonly body: Record<string, unknown>;
}

/** The ingest app on a log of its own. */
export class RunningIngest {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly log: EventLog,
    private readonly folder: string,
  ) {}

  /** @param changes of its limits, and what is put between it and its log */
  static async start(
    apiKeys: readonly ApiKey[] = [],
    changes: { limits?: Partial<IngestLimits>; around?: (log: EventLog) => EventLog } = {},
  ): Promise<RunningIngest> {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-ingest-'));
    const log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
    const parts = {
      log: changes.around?.(log) ?? log,
      catalogue: loadCatalogue(),
      limits: { ...INGEST_LIMITS, ...changes.limits },
    };
    const app = await createHttpApp(IngestApp.forRoot(parts), {
      config: { apiKeys },
      logger: createLogger({ logLevel: 'silent' }),
      title: 'test',
    });
    return new RunningIngest(app, log, folder);
  }

  async post(
    type: string,
    payload: unknown,
    options: { query?: string; headers?: Record<string, string> } = {},
  ) {
    const raw = typeof payload === 'string' || Buffer.isBuffer(payload);
    const answer = await this.app.inject({
      method: 'POST',
      url: `/v1/events${options.query ?? ''}`,
      headers: { ...(type === '' ? {} : { 'content-type': type }), ...options.headers },
      payload: raw ? payload : JSON.stringify(payload),
    });
    return asAnswer(answer);
  }

  event = (event: unknown, query?: string) => this.post('application/cloudevents+json', event, { query });

  batch = (events: unknown, query?: string) =>
    this.post('application/cloudevents-batch+json', events, { query });

  lines = (events: readonly unknown[], query?: string) =>
    this.post('application/x-ndjson', events.map(asLine).join('\n'), { query });

  async stored(): Promise<StoredFact[]> {
    const facts: StoredFact[] = [];
    for await (const page of this.log.readAll({ after: LOG_START })) facts.push(...page.facts);
    return facts;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.log.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const asLine = (event: unknown) => (typeof event === 'string' ? event : JSON.stringify(event));

export function asAnswer(answer: {
  statusCode: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}): Answer {
  const { statusCode: status, headers, body } = answer;
  return { status, headers, body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>) };
}

/** A valid event; `changes` replaces what a test is about, undefined removes. */
export function attended(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id,
    source: '/area-web',
    type: 'it.mip.attended.v1',
    subject: 'J-1',
    time: '2020-05-12T10:00:00Z',
    data: { venue: 'ONLINE-TORINO' },
    ...changes,
  };
}

/** What takes an event back. */
export function retracted(
  id: string,
  target: Record<string, unknown>,
  changes: Record<string, unknown> = {},
) {
  return {
    specversion: '1.0',
    id,
    source: '/area-web',
    type: 'it.mip.retracted.v1',
    subject: 'J-1',
    time: '2020-06-01T10:00:00Z',
    data: { source: '/area-web', reason: 'recorded_in_error', ...target },
    ...changes,
  };
}

export function contact(id: string, changes: Record<string, unknown> = {}) {
  return {
    specversion: '1.0',
    id,
    source: '/help-desk',
    type: 'it.mip.contact-handled.v1',
    time: '2020-05-12T10:00:00Z',
    data: { channel: 'phone' },
    ...changes,
  };
}
