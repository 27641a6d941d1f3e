import { type Catalogue } from '#catalogue';
import {
  type Lease,
  type ModelInfo,
  type ModelProblem,
  type ModelRow,
  type ModelState,
  type Position,
  type ReadModel,
} from '#read-models';
import { type FoldedFact } from './folded-fact.js';
import { foldFact, type Projection } from './projection.js';

/** The lease went to another runner, or a checkpoint was moved by one: this one has to begin again or wait. */
export class OvertakenError extends Error {
  readonly code = 'overtaken';

  constructor(model: string) {
    super(`${model} is written by another projector`);
    this.name = 'OvertakenError';
  }
}

/** One projection on its way along the log into one read model. */
export class Lane {
  /** All facts up to here are in the model. */
  checkpoint: Position;
  state: ModelState;
  private rows: ModelRow[] = [];
  private lastGood: Position;
  private ownProblem: ModelProblem | null = null;
  private storedProblem: ModelProblem | null;

  constructor(
    readonly projection: Projection,
    readonly catalogue: Catalogue,
    readonly model: ReadModel,
    /** As it was when it was opened. */
    readonly info: ModelInfo,
  ) {
    this.checkpoint = info.checkpoint;
    this.state = info.state;
    this.lastGood = info.checkpoint;
    this.storedProblem = info.problem;
  }

  get isStopped(): boolean {
    return this.ownProblem !== null;
  }

  /** Why it stands still, or stood still when it last ran and has not got past it yet. */
  get problem(): ModelProblem | null {
    return this.ownProblem ?? this.storedProblem;
  }

  /** Whether the fact at the position is one to take in. */
  wants(position: Position): boolean {
    return !this.isStopped && position > this.checkpoint;
  }

  /** @throws FoldError when the fact cannot be taken in; the lane is as before then */
  take(fact: FoldedFact, earlier: readonly FoldedFact[]): void {
    const { position, group } = fact;
    const added = foldFact(this.projection, fact, earlier, this.catalogue);
    added.forEach((cells, sequence) => this.rows.push({ position, sequence, group, cells }));
  }

  /** Nothing up to here is left to take in. */
  pass(position: Position): void {
    if (this.wants(position)) this.lastGood = position;
  }

  /** Goes no further than before this position. What was taken in until here is kept. */
  stop(position: Position, detail: string): void {
    this.ownProblem ??= { position, detail };
  }

  /** Writes what was taken in. It counts only when the checkpoint moves over it. */
  async write(): Promise<void> {
    const rows = this.rows;
    this.rows = [];
    if (rows.length > 0) await this.model.add(rows);
  }

  /**
   * Moves the checkpoint over what was written, to `position` or to the last fact before the problem.
   *
   * @throws OvertakenError when another runner moved the checkpoint or has the lease
   */
  async advance(position: Position, lease: Lease): Promise<void> {
    const to = this.isStopped ? this.lastGood : position;
    if (to > this.checkpoint) {
      if (!(await this.model.advance(this.checkpoint, to, lease))) throw new OvertakenError(this.model.id);
      this.checkpoint = to;
      this.lastGood = to;
    }
    await this.reportProblem(lease);
  }

  private async reportProblem(lease: Lease): Promise<void> {
    const stored = this.storedProblem;
    const isPast = stored !== null && this.checkpoint >= stored.position;
    const problem = this.ownProblem ?? (isPast ? null : stored);
    if (problem === stored) return;
    if (!(await this.model.report(problem, lease))) throw new OvertakenError(this.model.id);
    this.storedProblem = problem;
  }
}
