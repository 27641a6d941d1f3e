/** A place in the event log, as the log's port defines it. */
export type Position = number;
export type Cell = number | string | null;

export interface Column {
  readonly name: string;
  readonly type: 'integer' | 'text';
}

/** The form of a read model's rows. Names are lower-case words joined by `_`. */
export interface ModelForm {
  readonly columns: readonly Column[];
  /** Whether rows are also read by their group (a journey's facts); costs an index. */
  readonly grouped: boolean;
}

/** Which read model: another version of the projection or another catalogue makes another model. */
export interface ModelIdentity {
  readonly projection: string;
  readonly version: number;
  /** Digest of the programme catalogue that the rows were made with. */
  readonly catalogueDigest: string;
  /** Counts rebuilds of the same version with the same catalogue; 0 when absent. */
  readonly generation?: number;
}

/** A row is what one fact adds. The same position and sequence number always means the same row. */
export interface ModelRow {
  /** Position of the fact that made it. */
  readonly position: Position;
  /** Number of the row among those of that fact, from 0. */
  readonly sequence: number;
  readonly group: string;
  /** Values in the order of the form's columns. */
  readonly cells: readonly Cell[];
}

export interface ModelProblem {
  readonly position: Position;
  readonly detail: string;
}

export type ModelState = 'building' | 'serving' | 'retired';

export interface ModelInfo extends ModelIdentity {
  /** Unique among all models of the store. */
  readonly id: string;
  readonly state: ModelState;
  readonly checkpoint: Position;
  /** The programme catalogue itself, so that a model can still be read after the file changed. */
  readonly catalogue: string;
  /** Why the projection stands still, where it does. */
  readonly problem: ModelProblem | null;
}

/** Permission to write the models of one projector; a higher epoch fences off all lower ones. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
}

/**
 * The rows of one version of one projection. Rows are added, never changed, and only those up to the checkpoint
 * count: a reader takes the checkpoint first and asks for rows up to it. So a crash between adding and advancing
 * leaves nothing visible, and the same rows may be written again, late, or by a rival.
 */
export interface ReadModel {
  readonly id: string;

  checkpoint(): Promise<Position>;

  /** Adds rows; a row that is there already (same position and sequence) stays as it is. */
  add(rows: readonly ModelRow[]): Promise<void>;

  /**
   * Moves the checkpoint by compare-and-set. False, and nothing changes, when the checkpoint is not `from` or the
   * lease is no longer the newest of its name.
   */
  advance(from: Position, to: Position, lease: Lease): Promise<boolean>;

  /**
   * Rows with after < position ≤ upTo by position and sequence, at most `limit`, never part of a position: a single
   * position that has more rows than that is given whole.
   */
  rows(range: { after: Position; upTo: Position; limit: number }): Promise<readonly ModelRow[]>;

  /** Rows of the given groups before a position, each group's by position and sequence. Grouped models only. */
  groups(groups: readonly string[], before: Position): Promise<Map<string, readonly ModelRow[]>>;

  /** Keeps, or clears with null, why the projection stands still. False when the lease is not the newest. */
  report(problem: ModelProblem | null, lease: Lease): Promise<boolean>;
}

/** Where read models live. All adapters pass `read-model.contract.ts`. Rejects with a `ReadModelError`. */
export interface ReadModelStore {
  /** All models, the retired ones too. */
  models(): Promise<readonly ModelInfo[]>;

  /** Opens a model; makes it, in state `building` and with checkpoint 0, where it does not exist. */
  open(identity: ModelIdentity, form: ModelForm, catalogue: string): Promise<ReadModel>;

  /**
   * Makes this model the serving one of its projection, and the one that served before `retired`, in one step. False,
   * and nothing changes, when the lease is no longer the newest of its name.
   */
  serve(id: string, lease: Lease): Promise<boolean>;

  /**
   * Removes a model with its rows: whoever reads it then is refused with `unavailable`, and never given a part. False,
   * and nothing changes, when the lease is no longer the newest of its name.
   */
  drop(id: string, lease: Lease): Promise<boolean>;

  /**
   * Takes or renews a lease for `ttlMs`. A new holder gets a higher epoch; undefined while another holder's runs.
   */
  lease(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;

  /** Gives a lease back before it ends; nothing happens when it is no longer the newest. */
  release(lease: Lease): Promise<void>;

  close(): Promise<void>;
}
