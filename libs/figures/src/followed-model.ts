import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Catalogue, parseCatalogue } from '#catalogue';
import { ENTRY_STEP_FORM, FACT_FORM, type ProjectionName } from '#projections';
import { type ModelInfo, type ModelRow, type ReadModel, type ReadModelStore } from '#read-models';

const PAGE_ROWS = 4000;

/** What holds the rows of a model in memory. */
export interface Columns {
  append(rows: readonly ModelRow[]): void;
}

/** One read model with its rows in memory, up to a position. */
export interface LoadedModel<C extends Columns> {
  readonly info: ModelInfo;
  readonly model: ReadModel;
  readonly catalogue: Catalogue;
  readonly columns: C;
  /** All rows up to here are taken in, and none after it. */
  position: number;
}

/**
 * Follows the serving model of one projection. When another model takes over, its columns are filled beside the old
 * ones, which answer until the new ones have caught up.
 */
export class FollowedModel<C extends Columns> {
  private current: LoadedModel<C> | undefined;
  private next: LoadedModel<C> | undefined;
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: ReadModelStore,
    readonly projection: ProjectionName,
    private readonly empty: () => C,
  ) {}

  /** The model that answers; undefined while none has been taken in. */
  get loaded(): LoadedModel<C> | undefined {
    return this.current;
  }

  /**
   * Takes in what the store has more, at most about `limit` rows and nothing after the position `upTo`. Calls are
   * carried out one after another, so rows are taken in once. Resolves to true when nothing is left to take in.
   * Rejects with a `ReadModelError`.
   */
  refresh(models: readonly ModelInfo[], limit: number, upTo = Infinity): Promise<boolean> {
    const run = this.work.then(() => this.takeIn(models, limit, upTo));
    // The caller hears of a failure; the next call starts afresh.
    this.work = run.catch(() => undefined);
    return run;
  }

  private async takeIn(models: readonly ModelInfo[], limit: number, upTo: number): Promise<boolean> {
    const info = models.find(
      ({ projection, state }) => projection === this.projection && state === 'serving',
    );
    if (!info) return true;
    const target = Math.min(info.checkpoint, upTo);
    if (this.current?.info.id === info.id) {
      this.next = undefined;
      return this.read(this.current, target, limit);
    }
    if (this.next?.info.id !== info.id) this.next = await this.load(info);
    const complete = await this.read(this.next, target, limit);
    if (complete) {
      this.current = this.next;
      this.next = undefined;
    }
    return complete;
  }

  private async load(info: ModelInfo): Promise<LoadedModel<C>> {
    const form = this.projection === 'monthly_funnel' ? ENTRY_STEP_FORM : FACT_FORM;
    const model = await this.store.open(info, form, info.catalogue);
    return { info, model, catalogue: parseCatalogue(info.catalogue), columns: this.empty(), position: 0 };
  }

  private async read(loaded: LoadedModel<C>, upTo: number, limit: number): Promise<boolean> {
    let left = limit;
    while (loaded.position < upTo) {
      if (left <= 0) return false;
      const rows = await loaded.model.rows({ after: loaded.position, upTo, limit: PAGE_ROWS });
      loaded.columns.append(rows);
      loaded.position = rows.at(-1)?.position ?? upTo;
      left -= rows.length;
      // Questions that wait in this thread come before the next page.
      await nextTurn();
    }
    return true;
  }
}
