import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLog } from '#event-log/open';
import { checkEvent, type IncomingEvent } from '#events';
import {
  createLocalFigureService,
  type FigureAnswer,
  type FigureRequest,
  type FigureService,
} from '#figures';
import { ProjectionRunner } from '#projections';
import { openReadModels } from '#read-models/open';
import { FactIntake } from '../../apps/ingest/src/intake/fact-intake.js';

const catalogue = loadCatalogue();

interface Surroundings {
  readonly clock?: () => number;
  readonly readModelUrl?: string;
}

/** The real parts on real files, in one thread but for the log's writer: intake, log, projections, figures. */
export class EmbeddedSystem {
  private constructor(
    private readonly folder: string,
    readonly log: EventLog,
    private readonly intake: FactIntake,
    private readonly figures: FigureService,
    private readonly end: () => Promise<void>,
  ) {}

  /**
   * @param clock what the figures take for the present
   * @param readModelUrl where the read models are kept; else in a file, as the log is
   */
  static async open({ clock, readModelUrl }: Surroundings = {}): Promise<EmbeddedSystem> {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-system-'));
    const log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
    const models = readModelUrl ?? `sqlite:${join(folder, 'read-models.db')}`;
    const store = await openReadModels(models);
    const stop = new AbortController();
    const running = new ProjectionRunner({ log, store, catalogue }).run(stop.signal);
    const figures = createLocalFigureService(await openReadModels(models, { readonly: true }), clock);
    return new EmbeddedSystem(folder, log, new FactIntake(log), figures, async () => {
      await figures.close();
      stop.abort();
      await running;
      await store.close();
      await log.close();
    });
  }

  /** Sends events as importers do; gives what became of each. */
  async send(events: readonly unknown[]): Promise<string[]> {
    const now = Date.now();
    const checked = events.map((event): IncomingEvent => {
      const result = checkEvent(event, { catalogue, now, mayImport: true });
      if (!result.ok) throw new Error(JSON.stringify({ event, errors: result.errors }));
      return result.event;
    });
    const outcomes = await this.intake.accept(checked, { onRefusal: 'nothing' });
    return outcomes.map(({ kind }) => kind);
  }

  /** Asks for a figure that reflects everything sent so far. */
  async ask(request: FigureRequest): Promise<FigureAnswer> {
    return this.figures.ask(request, { after: await this.log.head(), waitMs: 20_000 });
  }

  async close(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
