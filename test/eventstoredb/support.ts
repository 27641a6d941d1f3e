import { EventStoreDBClient } from '@eventstore/db-client';
import { type EventLog, type LogPage } from '#event-log';
import {
  type EventStoreDbEventLog,
  openEventStoreDbEventLog,
} from '#event-log/eventstoredb/eventstoredb-event-log';
import { type EventStoreDbOptions } from '#event-log/eventstoredb/settings';
import { type StoredFact } from '#events';
import { type DoubleOptions, EventStoreDouble } from './event-store-double.js';
import { NO_FAULTS } from './faults.js';

/** A node and a log on it whose patience is as short as a test's. */
export class NodeAndLog {
  private readonly clients: EventStoreDBClient[] = [];

  private constructor(
    readonly node: EventStoreDouble,
    readonly log: EventStoreDbEventLog,
  ) {}

  static async open(
    options: Partial<EventStoreDbOptions> = {},
    nodeOptions: DoubleOptions = {},
  ): Promise<NodeAndLog> {
    const node = await EventStoreDouble.start(nodeOptions);
    const log = openEventStoreDbEventLog(node.url, {
      mode: 'write',
      callLimitMs: 300,
      patienceMs: 1_200,
      ...options,
    });
    return new NodeAndLog(node, log);
  }

  /** The bare client, for what the adapter would not do. */
  client(): EventStoreDBClient {
    const client = EventStoreDBClient.connectionString(this.node.url);
    this.clients.push(client);
    return client;
  }

  mend(): void {
    Object.assign(this.node.faults, NO_FAULTS);
  }

  /** Ids of a stream as the node has them, in order. */
  ids(stream: string): string[] {
    const events = this.node.node.stream(stream);
    if (!events || events === 'deleted') return [];
    return events.map(({ metadata }) => (JSON.parse(metadata.toString()) as { id: string }).id);
  }

  async close(): Promise<void> {
    this.mend();
    await this.log.close();
    for (const client of this.clients) await client.dispose();
    await this.node.kill();
  }
}

/** Collects what a follower gives, until told to stop. */
export class Following {
  readonly facts: StoredFact[] = [];
  readonly pages: LogPage[] = [];
  private readonly stop = new AbortController();
  private readonly running: Promise<unknown>;

  constructor(log: EventLog, after: number, pageSize = 100) {
    this.running = this.run(log, after, pageSize).catch((error: unknown) => error);
  }

  /** Resolves when the condition holds; fails after half a minute. */
  async until(condition: (following: this) => boolean): Promise<void> {
    const giveUp = Date.now() + 30_000;
    while (!condition(this)) {
      if (Date.now() > giveUp) throw new Error(`still waiting with ${this.facts.length} facts`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** What it ended with: undefined unless it failed. */
  async end(): Promise<unknown> {
    this.stop.abort();
    return this.running;
  }

  async failure(): Promise<unknown> {
    return this.running;
  }

  private async run(log: EventLog, after: number, pageSize: number): Promise<void> {
    for await (const page of log.follow({ after, pageSize, signal: this.stop.signal })) {
      this.pages.push(page);
      this.facts.push(...page.facts);
    }
  }
}
