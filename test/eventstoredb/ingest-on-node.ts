import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { type EventStoreDbOptions } from '#event-log/eventstoredb/settings';
import { createHttpApp, createLogger } from '#http';
import { IngestApp } from '../../apps/ingest/src/ingest-app.js';
import { INGEST_LIMITS, type IngestLimits } from '../../apps/ingest/src/ingest-limits.js';
import { type DoubleOptions } from './event-store-double.js';
import { NodeAndLog } from './support.js';

export interface IngestOnNodeOptions {
  readonly limits?: Partial<IngestLimits>;
  readonly log?: Partial<EventStoreDbOptions>;
  readonly node?: DoubleOptions;
}

/** Ingest on a node that can be made to fail. */
export class IngestOnNode {
  private constructor(
    readonly there: NodeAndLog,
    private readonly app: NestFastifyApplication,
  ) {}

  static async start(options: IngestOnNodeOptions = {}): Promise<IngestOnNode> {
    const there = await NodeAndLog.open(options.log, options.node);
    return new IngestOnNode(there, await openIngest(there.log, options.limits));
  }

  post = (events: readonly unknown[], query = '') =>
    this.send('application/cloudevents-batch+json', JSON.stringify(events), query);

  one = (event: unknown) => this.send('application/cloudevents+json', JSON.stringify(event));

  lines = (events: readonly unknown[], query = '') =>
    this.send('application/x-ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''), query);

  get = async (url: string) => (await this.app.inject({ method: 'GET', url })).statusCode;

  async stop(): Promise<void> {
    await this.app.close();
    await this.there.close();
  }

  private async send(type: string, payload: string, query = '') {
    const headers = { 'content-type': type };
    const answer = await this.app.inject({ method: 'POST', url: `/v1/events${query}`, headers, payload });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.json<Record<string, unknown>>(),
    };
  }
}

export function openIngest(
  log: EventLog,
  limits: Partial<IngestLimits> = {},
): Promise<NestFastifyApplication> {
  const parts = { log, catalogue: loadCatalogue(), limits: { ...INGEST_LIMITS, ...limits } };
  return createHttpApp(IngestApp.forRoot(parts), {
    config: { apiKeys: [] },
    logger: createLogger({ logLevel: 'silent' }),
    title: 'test',
  });
}
