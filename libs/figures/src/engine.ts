import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant } from '#calendar';
import { MeasureError } from '#measures';
import { ReadModelError, type ReadModelStore } from '#read-models';
import { answerFrom, type ServedModel, servedBy } from './answer-figure.js';
import { FigureError } from './figure.error.js';
import { FigureModels } from './figure-models.js';
import {
  type FigureAnswer,
  type FigureModelStatus,
  type FigureRequest,
  type FigureService,
} from './figure-request.js';

const DEFAULT_WAIT_MS = 5000;
/** How often a question that waits for a position looks again. */
const WAIT_POLL_MS = 10;
/** How much a question takes in before it answers; the rest is left to the background. */
const ROWS_A_QUESTION = 20_000;
const FOLLOW_POLL_MS = 100;
const RETRY_MS = 1000;

/** Answers figures in the calling thread. */
export class FigureEngine implements FigureService {
  private readonly models: FigureModels;
  private readonly stopped = new AbortController();
  private readonly following: Promise<void>;
  /** Why the store could not be read when that was last tried. */
  private failure: unknown;
  /** Questions under way that bring several models to one position. */
  private aligning = 0;

  /** @param clock the time of an answer, in milliseconds */
  constructor(
    private readonly store: ReadModelStore,
    private readonly clock: () => Instant = Date.now,
  ) {
    this.models = new FigureModels(store);
    this.following = this.follow();
  }

  async ask(
    request: FigureRequest,
    { after, waitMs = DEFAULT_WAIT_MS }: { readonly after?: number; readonly waitMs?: number } = {},
  ): Promise<FigureAnswer> {
    const models = servedBy(request, this.models);
    const deadline = Date.now() + waitMs;
    for (;;) {
      await this.refresh(models);
      const behind = models.find(({ loaded }) => !loaded || loaded.position < (after ?? 0));
      if (!behind && haveOneCatalogue(models)) break;
      if (Date.now() >= deadline) throw behind ? late(behind, after) : takingOver();
      await this.pause(WAIT_POLL_MS);
    }
    return answerFrom(request, this.models, this.clock()).catch(fail);
  }

  async askAll(
    requests: readonly FigureRequest[],
    { after = 0, waitMs = DEFAULT_WAIT_MS }: { readonly after?: number; readonly waitMs?: number } = {},
  ): Promise<readonly FigureAnswer[]> {
    const models = [...new Set(requests.flatMap((request) => servedBy(request, this.models)))];
    const deadline = Date.now() + waitMs;
    this.aligning++;
    try {
      for (;;) {
        if (await this.align(models, after)) {
          const now = this.clock();
          // All are computed before anything else can move a model; what waits in between is asked again.
          const answers = await Promise.all(
            requests.map((request) => answerFrom(request, this.models, now)),
          ).catch(fail);
          if (isOneAnswer(answers)) return answers;
        }
        if (Date.now() >= deadline) throw apart(models, after);
        await this.pause(WAIT_POLL_MS);
      }
    } finally {
      this.aligning--;
    }
  }

  async status(): Promise<readonly FigureModelStatus[]> {
    if (this.failure !== undefined) fail(this.failure);
    return this.models.all.map(({ projection, loaded }) => ({
      projection,
      model: loaded?.info.id ?? null,
      position: loaded?.position ?? 0,
      ready: loaded !== undefined,
    }));
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await this.following;
    await this.store.close();
  }

  private async refresh(models: readonly ServedModel[]): Promise<void> {
    if (this.stopped.signal.aborted) throw new FigureError('unavailable', 'The figures are closed.');
    const infos = await this.models.models().catch(fail);
    for (const model of models) await model.refresh(infos, ROWS_A_QUESTION).catch(fail);
  }

  /** Brings the models to the lowest position that all can reach; true when they stand at the same one. */
  private async align(models: readonly ServedModel[], after: number): Promise<boolean> {
    if (this.stopped.signal.aborted) throw new FigureError('unavailable', 'The figures are closed.');
    const infos = await this.models.models().catch(fail);
    const checkpoints = models.map(
      ({ projection }) =>
        infos.find((info) => info.projection === projection && info.state === 'serving')?.checkpoint ?? 0,
    );
    const loaded = models.map((model) => model.loaded?.position ?? 0);
    const target = Math.max(after, Math.min(...checkpoints), ...loaded);
    for (const model of models) await model.refresh(infos, ROWS_A_QUESTION, target).catch(fail);
    return models.every((model) => model.loaded?.position === target);
  }

  /** Keeps taking in what is new, so that a question finds little to do. */
  private async follow(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const pause = await this.takeInRound().catch((error: unknown) => {
        this.failure = error;
        return RETRY_MS;
      });
      if (pause > 0) await this.pause(pause).catch(() => undefined);
    }
  }

  /** One bounded step of every model; returns how long to wait before the next round. */
  private async takeInRound(): Promise<number> {
    // A question for several models waits until they stand together; meanwhile none is moved on.
    if (this.aligning > 0) return FOLLOW_POLL_MS;
    const infos = await this.models.models();
    let complete = true;
    for (const model of this.models.all) {
      if (this.stopped.signal.aborted) return 0;
      complete = (await model.refresh(infos, ROWS_A_QUESTION)) && complete;
    }
    this.failure = undefined;
    return complete ? FOLLOW_POLL_MS : 0;
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.stopped.signal });
    } catch (cause) {
      throw new FigureError('unavailable', 'The figures are closed.', { cause });
    }
  }
}

/** Models take over one after the other; in between, one may follow another catalogue than the next. */
function haveOneCatalogue(models: readonly ServedModel[]): boolean {
  return new Set(models.map(({ loaded }) => loaded?.info.catalogueDigest)).size === 1;
}

function late({ projection, loaded }: ServedModel, after: number | undefined): FigureError {
  return loaded
    ? new FigureError('not-caught-up', `${projection} stands at ${loaded.position}, not yet at ${after}.`)
    : new FigureError('unavailable', `No read model ${projection} serves yet.`);
}

function takingOver(): FigureError {
  return new FigureError('unavailable', 'Read models of another catalogue are just taking over.');
}

function isOneAnswer(answers: readonly FigureAnswer[]): boolean {
  const [first] = answers;
  return answers.every(
    ({ position, catalogue }) => position === first?.position && catalogue === first.catalogue,
  );
}

function apart(models: readonly ServedModel[], after: number): FigureError {
  const missing = models.find(({ loaded }) => loaded === undefined);
  if (missing) return late(missing, undefined);
  const behind = models.find(({ loaded }) => loaded!.position < after);
  if (behind) return late(behind, after);
  const stands = models.map(({ projection, loaded }) => `${projection} at ${loaded!.position}`).join(', ');
  return new FigureError('not-caught-up', `The read models do not stand together yet: ${stands}.`);
}

/** Rejections in the words of the figures; a fault of this code stays what it is. */
function fail(error: unknown): never {
  if (error instanceof MeasureError) throw new FigureError(error.code, error.message, { cause: error });
  if (!(error instanceof ReadModelError)) throw error;
  throw new FigureError('unavailable', `The read models cannot be read: ${error.message}`, { cause: error });
}
