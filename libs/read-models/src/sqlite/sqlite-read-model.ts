import { type Database, type Statement } from 'better-sqlite3';
import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelProblem,
  type ModelRow,
  type Position,
  type ReadModel,
} from '../read-model.port.js';
import { IS_NEWEST } from './lease-table.js';
import { RowTable } from './row-table.js';

/** Carries out work on the connection and gives its errors the port's codes. */
export type Access = <T>(doing: string, work: () => T) => Promise<T>;

/** One model in the file. */
export class SqliteReadModel implements ReadModel {
  private readonly table: RowTable;
  private readonly readCheckpoint: Statement<[number], Position>;
  private readonly move: Statement<[Position, number, Position, string, string, number]>;
  private readonly keepProblem: Statement<[Position | null, string | null, number, string, string, number]>;

  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly number: number,
    readonly id: string,
    form: ModelForm,
  ) {
    this.table = new RowTable(database, number, form);
    this.readCheckpoint = database
      .prepare<[number], Position>('SELECT checkpoint FROM models WHERE number = ?')
      .pluck();
    this.move = database.prepare(
      `UPDATE models SET checkpoint = ? WHERE number = ? AND checkpoint = ? AND ${IS_NEWEST}`,
    );
    this.keepProblem = database.prepare(
      `UPDATE models SET problem_position = ?, problem_detail = ? WHERE number = ? AND ${IS_NEWEST}`,
    );
  }

  checkpoint(): Promise<Position> {
    return this.access(`cannot read ${this.id}`, () => {
      const checkpoint = this.readCheckpoint.get(this.number);
      if (checkpoint === undefined) throw new ReadModelError('unavailable', `${this.id} was dropped`);
      return checkpoint;
    });
  }

  add(rows: readonly ModelRow[]): Promise<void> {
    return this.access(`cannot write ${this.id}`, () => {
      if (rows.length > 0) this.database.transaction(() => this.table.add(rows)).immediate();
    });
  }

  advance(from: Position, to: Position, { name, holder, epoch }: Lease): Promise<boolean> {
    return this.access(`cannot write ${this.id}`, () => {
      if (to < from) throw new ReadModelError('invalid', `a checkpoint never goes back (${from} to ${to})`);
      return this.move.run(to, this.number, from, name, holder, epoch).changes === 1;
    });
  }

  rows(range: { after: Position; upTo: Position; limit: number }): Promise<readonly ModelRow[]> {
    return this.access(`cannot read ${this.id}`, () => {
      return this.database.transaction(() => this.table.rows(range.after, range.upTo, range.limit))();
    });
  }

  groups(groups: readonly string[], before: Position): Promise<Map<string, readonly ModelRow[]>> {
    return this.access(`cannot read ${this.id}`, () => {
      return this.database.transaction(() => this.table.groups(groups, before))();
    });
  }

  report(problem: ModelProblem | null, { name, holder, epoch }: Lease): Promise<boolean> {
    return this.access(`cannot write ${this.id}`, () => {
      const { position = null, detail = null } = problem ?? {};
      return this.keepProblem.run(position, detail, this.number, name, holder, epoch).changes === 1;
    });
  }
}
