import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelProblem,
  type ModelRow,
  type Position,
  type ReadModel,
} from '../read-model.port.js';
import { type Access } from './connection.js';
import { entryOf, type ModelRegistry } from './model-registry.js';
import { RowCollection } from './row-collection.js';

/** One model in the database. */
export class MongodbReadModel implements ReadModel {
  private readonly collection: RowCollection;

  constructor(
    private readonly access: Access,
    private readonly registry: ModelRegistry,
    readonly id: string,
    form: ModelForm,
    private readonly isReadonly: boolean,
  ) {
    this.collection = new RowCollection(id, form);
  }

  checkpoint(): Promise<Position> {
    return this.registry.checkpoint(this.id);
  }

  async add(rows: readonly ModelRow[]): Promise<void> {
    this.refuseToRead();
    if (rows.length === 0) return;
    await this.access(`cannot write ${this.id}`, (db) => this.collection.add(db, rows));
  }

  async advance(from: Position, to: Position, lease: Lease): Promise<boolean> {
    this.refuseToRead();
    if (to < from) throw new ReadModelError('invalid', `a checkpoint never goes back (${from} to ${to})`);
    return this.registry.advance(this.id, from, to, lease);
  }

  rows(range: { after: Position; upTo: Position; limit: number }): Promise<readonly ModelRow[]> {
    return this.access(`cannot read ${this.id}`, async (db) => {
      const rows = await this.collection.rows(db, range.after, range.upTo, range.limit);
      await entryOf(db, this.id);
      return rows;
    });
  }

  groups(groups: readonly string[], before: Position): Promise<Map<string, readonly ModelRow[]>> {
    return this.access(`cannot read ${this.id}`, async (db) => {
      const rows = await this.collection.groups(db, groups, before);
      await entryOf(db, this.id);
      return rows;
    });
  }

  async report(problem: ModelProblem | null, lease: Lease): Promise<boolean> {
    this.refuseToRead();
    return this.registry.report(this.id, problem, lease);
  }

  private refuseToRead(): void {
    if (this.isReadonly) throw new ReadModelError('unavailable', `${this.id} was opened only to be read`);
  }
}
