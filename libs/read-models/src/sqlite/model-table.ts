import { type Database, type Statement } from 'better-sqlite3';
import { otherForm, writtenForm } from '../model-form.js';
import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelIdentity,
  type ModelInfo,
  type ModelState,
  type Position,
} from '../read-model.port.js';
import { isNewest } from './lease-table.js';
import { createRowTable, dropRowTable } from './row-table.js';

interface StoredModel {
  readonly number: number;
  readonly projection: string;
  readonly version: number;
  readonly digest: string;
  readonly generation: number;
  readonly form: string;
  readonly catalogue: string;
  readonly state: ModelState;
  readonly checkpoint: Position;
  readonly problem_position: Position | null;
  readonly problem_detail: string | null;
}

/** The models of a store and what is known of each. */
export class ModelTable {
  private readonly all: Statement<[], StoredModel>;
  private readonly byIdentity: Statement<[string, number, string, number], StoredModel>;

  constructor(private readonly database: Database) {
    this.all = database.prepare('SELECT * FROM models ORDER BY number');
    this.byIdentity = database.prepare(
      'SELECT * FROM models WHERE projection = ? AND version = ? AND digest = ? AND generation = ?',
    );
  }

  list(): ModelInfo[] {
    return this.all.all().map(asModelInfo);
  }

  /** The number of the model, or undefined when there is none. */
  find(identity: ModelIdentity, form: ModelForm): number | undefined {
    const { projection, version, catalogueDigest, generation = 0 } = identity;
    const found = this.byIdentity.get(projection, version, catalogueDigest, generation);
    if (found && found.form !== writtenForm(form)) {
      throw otherForm(projection, version);
    }
    return found?.number;
  }

  /** Makes a model in state `building` and gives its number. */
  create(identity: ModelIdentity, form: ModelForm, catalogue: string): number {
    const { projection, version, catalogueDigest, generation = 0 } = identity;
    const { lastInsertRowid } = this.database
      .prepare(
        `INSERT INTO models (projection, version, digest, generation, form, catalogue, state, checkpoint)
         VALUES (?, ?, ?, ?, ?, ?, 'building', 0)`,
      )
      .run(projection, version, catalogueDigest, generation, writtenForm(form), catalogue);
    const number = Number(lastInsertRowid);
    createRowTable(this.database, number, form);
    return number;
  }

  /** Inside a transaction, as `drop`. False when the lease is not the newest. */
  serve(id: string, lease: Lease): boolean {
    const number = this.numberOf(id);
    if (!isNewest(this.database, lease)) return false;
    this.database
      .prepare(
        `UPDATE models SET state = iif(number = $number, 'serving', 'retired')
         WHERE number = $number
            OR (state = 'serving' AND projection = (SELECT projection FROM models WHERE number = $number))`,
      )
      .run({ number });
    return true;
  }

  drop(id: string, lease: Lease): boolean {
    const number = this.numberOf(id);
    if (!isNewest(this.database, lease)) return false;
    this.database.prepare('DELETE FROM models WHERE number = ?').run(number);
    dropRowTable(this.database, number);
    return true;
  }

  private numberOf(id: string): number {
    const found = this.all.all().find((model) => idOf(model) === id);
    if (!found) throw new ReadModelError('invalid', `there is no read model "${id}"`);
    return found.number;
  }
}

/** Numbers are never given twice, so an id never means another model. */
export const idOf = ({ projection, number }: { projection: string; number: number }): string =>
  `${projection}-${number}`;

function asModelInfo(model: StoredModel): ModelInfo {
  const { projection, version, digest, generation, state, checkpoint, catalogue } = model;
  return {
    id: idOf(model),
    projection,
    version,
    catalogueDigest: digest,
    generation,
    state,
    checkpoint,
    catalogue,
    problem:
      model.problem_position === null
        ? null
        : { position: model.problem_position, detail: model.problem_detail ?? '' },
  };
}
