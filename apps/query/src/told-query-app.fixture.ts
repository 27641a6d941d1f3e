import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Catalogue, loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type FigureAnswer, type FigureRequest, type FigureService } from '#figures';
import { createHttpApp, HttpModule } from '#http';
import { QueryModule } from './query.module.js';
import { QueryParts } from './query-parts.js';
import { QueryStatus } from './query-status.js';

/** Figures that are told what to answer, and remember what they were asked. */
export class ToldFigures implements FigureService {
  asked: { readonly request: FigureRequest; readonly after?: number }[] = [];
  answer: () => FigureAnswer;

  constructor(private readonly catalogue: Catalogue) {
    this.answer = this.nothing;
  }

  /** As before the first question. */
  forget(): void {
    this.asked = [];
    this.answer = this.nothing;
  }

  async ask(request: FigureRequest, { after }: { readonly after?: number } = {}): Promise<FigureAnswer> {
    this.asked.push({ request, after });
    return this.answer();
  }

  askAll(requests: readonly FigureRequest[], options: { readonly after?: number } = {}) {
    return Promise.all(requests.map((request) => this.ask(request, options)));
  }

  async status() {
    return [];
  }

  async close() {}

  private readonly nothing = (): FigureAnswer => ({
    items: [],
    totals: {},
    position: 12,
    catalogue: this.catalogue.digest,
  });
}

class Root {}

/** The query app over an empty log of its own and told figures. Keys: `all` has every role, `figures` only `analyst`. */
export class ToldQueryApp {
  private constructor(
    private readonly folder: string,
    private readonly app: NestFastifyApplication,
    readonly catalogue: Catalogue,
    readonly figures: ToldFigures,
    readonly eventLog: EventLog,
  ) {}

  static async start(): Promise<ToldQueryApp> {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-query-'));
    const eventLogUrl = `sqlite:${join(folder, 'events.db')}`;
    const eventLog = await openEventLog(eventLogUrl, { mode: 'write' });
    const catalogue = loadCatalogue();
    const figures = new ToldFigures(catalogue);
    const parts = new QueryParts({ catalogue, figures, eventLog, eventLogUrl });
    const imports = [HttpModule.forRoot(new QueryStatus(parts)), QueryModule.forRoot(parts)];
    const config = {
      apiKeys: [
        { key: 'all', roles: ['analyst', 'casework', 'auditor'] },
        { key: 'figures', roles: ['analyst'] },
      ],
    } as const;
    const logger = pino({}, { write: () => undefined });
    const app = await createHttpApp({ module: Root, imports }, { config, logger, title: 'Reads' });
    return new ToldQueryApp(folder, app, catalogue, figures, eventLog);
  }

  get(url: string, headers: Record<string, string> = {}) {
    return this.app.inject({ method: 'GET', url, headers: { authorization: 'Bearer all', ...headers } });
  }

  /** The problem that a request is refused with. */
  async refusal(url: string, headers: Record<string, string> = {}): Promise<Refusal> {
    const answer = await this.get(url, headers);
    const type = String(answer.headers['content-type']);
    if (!type.startsWith('application/problem+json')) throw new Error(`${answer.statusCode} ${type}`);
    return answer.json<Refusal>();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.eventLog.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface Refusal {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly parameter?: string; readonly detail: string }[];
}
