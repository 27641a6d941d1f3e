import { type Catalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { type ModelProblem, type ModelState, type Position, type ReadModelStore } from '#read-models';
import { type Projection } from './projection.js';

export type LogLevel = 'info' | 'warn' | 'error';
export type RunnerLog = (
  level: LogLevel,
  message: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

export interface RunnerOptions {
  readonly log: EventLog;
  readonly store: ReadModelStore;
  readonly catalogue: Catalogue;
  /** All of them when absent. Bases stand before those that fold over them. */
  readonly projections?: readonly Projection[];
  /** Facts a page; changes how fast it is, never what is written. */
  readonly pageSize?: number;
  /** How long the lease runs without renewal, in milliseconds. */
  readonly leaseTtlMs?: number;
  readonly report?: RunnerLog;
}

export interface ProjectionStatus {
  readonly name: string;
  /** Id of the read model. */
  readonly model: string;
  readonly state: ModelState;
  /** All facts up to here are in the model. */
  readonly position: Position;
  readonly problem: ModelProblem | null;
}

export interface RunnerStatus {
  /** Whether this runner has the lease and writes, or would if the log were not damaged. */
  readonly active: boolean;
  /** Whether another runner has the lease, and this one waits to take over. */
  readonly standby: boolean;
  /**
   * The models that are written now, those that are being built beside the serving ones among them. In standby the
   * serving ones, as they are in the store.
   */
  readonly projections: readonly ProjectionStatus[];
  /** The last position of the log that was seen; a projection behind it has facts to take in. */
  readonly head: Position;
  /** Facts read from the log and folded since the runner was made; those folded again count again. */
  readonly factsFolded: number;
}
