import { setTimeout as sleep } from 'node:timers/promises';
import { type EventLog, type LogPage } from '#event-log';
import { type Position } from '#read-models';
import { chooseLanes, dropUnwanted, type LaneChoice, nextGeneration } from './choose-lanes.js';
import { modelTotals } from './compare-models.js';
import { Exclusive } from './exclusive.js';
import { type Lane, OvertakenError } from './lane.js';
import { PageFold } from './page-fold.js';
import { type RunnerLog } from './runner-options.js';
import { requireSameLog } from './same-log.js';

export interface SessionOptions extends LaneChoice {
  readonly log: EventLog;
  readonly pageSize: number;
  readonly report: RunnerLog;
  readonly onPage: (facts: number) => void;
}

const POLL_MS = 20;
/** How long to rest for each millisecond of work at the end of the log. */
const REST_SHARE = 4;
/** What a read that waits for a position can lose by it. */
const LONGEST_REST_MS = 100;

/**
 * One tenure of the lease. Follows the log into the serving models; builds others beside them from the first fact on
 * and lets them take over when they have caught up.
 */
export class Session {
  private serving = new PageFold([]);
  private building = new PageFold([]);
  private position: Position = 0;
  private caughtUp = false;
  /** Pages are folded, and models taken over, one at a time. */
  private readonly exclusive = new Exclusive();
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private failure: { readonly error: unknown } | undefined;
  private build: Promise<void> | undefined;

  constructor(
    private readonly options: SessionOptions,
    ended: AbortSignal,
  ) {
    this.signal = AbortSignal.any([ended, this.stop.signal]);
  }

  get lanes(): readonly Lane[] {
    return [...this.serving.lanes, ...this.building.lanes];
  }

  /** Goes on until the signal. Rejects when the log or the store fails, or another runner has taken over. */
  async run(): Promise<void> {
    const dropped = await dropUnwanted(this.options);
    if (dropped.length > 0)
      this.options.report('info', 'dropped read models that took their leave', { dropped });
    const { serving, building } = await chooseLanes(this.options);
    this.serving = new PageFold(serving);
    await requireSameLog(this.options.log, serving);
    this.position = this.serving.position ?? (await this.options.log.head());
    if (building.length > 0) this.startBuilding(building);
    try {
      await this.follow();
    } finally {
      this.stop.abort();
      await this.build;
    }
    if (this.failure) throw this.failure.error;
  }

  /** Begins to build all models again beside those that serve; a build that is under way goes on instead. */
  async rebuild(): Promise<void> {
    await this.exclusive.run(async () => {
      if (!this.build) this.startBuilding(await nextGeneration(this.options));
    });
  }

  private async follow(): Promise<void> {
    const { log, pageSize } = this.options;
    for await (const page of log.follow({ after: this.position, pageSize, signal: this.signal })) {
      if (this.signal.aborted) return;
      const began = performance.now();
      await this.exclusive.run(async () => {
        await this.fold(this.serving, page);
        this.position = page.position;
        this.caughtUp = page.caughtUp;
      });
      if (page.caughtUp) await this.rest(performance.now() - began);
    }
  }

  /**
   * A page of a few facts costs little less than one of hundreds. So after a page that reached the end others gather
   * for some times as long as it took: while many facts come pages are large, and a fact that comes alone is not held up.
   */
  private async rest(workMs: number): Promise<void> {
    const pauseMs = Math.min(REST_SHARE * workMs, LONGEST_REST_MS);
    await sleep(pauseMs, undefined, { signal: this.signal }).catch(() => undefined);
  }

  private async fold(fold: PageFold, page: LogPage): Promise<void> {
    const stopped = await fold.fold(page, this.options.lease);
    for (const { projection, model, problem } of stopped) {
      this.options.report('error', `the projection ${projection.name} stands still`, {
        model: model.id,
        ...problem,
      });
    }
    this.options.onPage(page.facts.length);
  }

  private startBuilding(lanes: readonly Lane[]): void {
    this.building = new PageFold(lanes, () => this.serving.lanes);
    this.options.report('info', 'building read models', { models: lanes.map(({ model }) => model.id) });
    this.build = this.buildAndTakeOver(this.building)
      .catch((error: unknown) => {
        this.failure ??= { error };
        this.stop.abort();
      })
      .finally(() => {
        this.build = undefined;
      });
  }

  private async buildAndTakeOver(fold: PageFold): Promise<void> {
    let position = fold.position ?? 0;
    while (!this.signal.aborted) {
      if (position < this.position) position = await this.catchUp(fold, position, this.position);
      else if (this.caughtUp) break;
      else await sleep(POLL_MS);
    }
    const stopped = fold.lanes.filter((lane) => lane.isStopped);
    if (this.signal.aborted) return;
    if (stopped.length > 0) {
      const models = stopped.map(({ model }) => model.id);
      this.options.report('error', 'the new read models do not take over: some stand still', { models });
      return;
    }
    await this.compare(fold.lanes, position);
    await this.exclusive.run(async () => {
      position = await this.catchUp(fold, position, this.position);
      if (!this.signal.aborted) await this.takeOver(fold.lanes);
    });
  }

  private async catchUp(fold: PageFold, after: Position, upTo: Position): Promise<Position> {
    const { log, pageSize } = this.options;
    let position = after;
    for await (const page of log.readAll({ after, upTo, pageSize, signal: this.signal })) {
      if (this.signal.aborted) return position;
      await this.fold(fold, page);
      position = page.position;
    }
    return position;
  }

  /** Both counts are logged: after a change of version or catalogue they may well differ, else never. */
  private async compare(lanes: readonly Lane[], upTo: Position): Promise<void> {
    const models = await this.options.store.models();
    for (const { projection, model, info } of lanes) {
      const old = models.find(
        ({ projection: name, state }) => name === projection.name && state === 'serving',
      );
      if (!old || old.id === model.id) continue;
      const common = Math.min(upTo, old.checkpoint);
      const before = await modelTotals(await this.options.store.open(old, projection.form, ''), common);
      const after = await modelTotals(model, common);
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      const mayDiffer = old.version !== info.version || old.catalogueDigest !== info.catalogueDigest;
      this.options.report(
        isSame || mayDiffer ? 'info' : 'error',
        `compared the read models of ${projection.name}`,
        {
          old: { model: old.id, ...before },
          new: { model: model.id, ...after },
          upTo: common,
          isSame,
        },
      );
    }
  }

  private async takeOver(lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) {
      const { id } = lane.model;
      if (!(await this.options.store.serve(id, this.options.lease))) throw new OvertakenError(id);
      lane.state = 'serving';
    }
    const rest = this.serving.lanes.filter(
      ({ projection }) => !lanes.some((lane) => lane.projection.name === projection.name),
    );
    const order = this.options.projections.map(({ name }) => name);
    const all = [...rest, ...lanes].sort(
      (a, b) => order.indexOf(a.projection.name) - order.indexOf(b.projection.name),
    );
    this.serving = new PageFold(all);
    this.building = new PageFold([]);
    this.options.report('info', 'read models took over', { models: lanes.map(({ model }) => model.id) });
  }
}
