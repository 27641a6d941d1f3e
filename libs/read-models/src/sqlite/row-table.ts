import { type Database, type Statement } from 'better-sqlite3';
import { checkCellCount, checkForm } from '../model-form.js';
import { ReadModelError } from '../read-model.error.js';
import { type Cell, type ModelForm, type ModelRow, type Position } from '../read-model.port.js';
import { groupHash } from './group-hash.js';

type StoredRow = [position: number, sequence: number, group: string, ...cells: Cell[]];

const tableName = (number: number): string => `rows_${number}`;
const quoted = (name: string): string => `"${name}"`;
const columnNames = (form: ModelForm): string[] => form.columns.map(({ name }) => quoted(name));

/** @throws ReadModelError `invalid` when the form has a column that cannot be */
export function createRowTable(database: Database, number: number, form: ModelForm): void {
  checkForm(form);
  const columns = form.columns.map(({ name, type }) => `${quoted(name)} ${type.toUpperCase()}`);
  const table = tableName(number);
  const hash = form.grouped ? 'group_hash INTEGER NOT NULL,' : '';
  database.exec(`CREATE TABLE ${table} (
    position INTEGER NOT NULL, sequence INTEGER NOT NULL, "group" TEXT NOT NULL, ${hash}
    ${columns.map((column) => `${column},`).join(' ')}
    PRIMARY KEY (position, sequence)
  ) STRICT, WITHOUT ROWID`);
  // The index of a table without rowid ends with its primary key: a group's rows stand in it in their order.
  if (form.grouped) database.exec(`CREATE INDEX ${table}_by_group ON ${table} (group_hash)`);
}

export function dropRowTable(database: Database, number: number): void {
  database.exec(`DROP TABLE ${tableName(number)}`);
}

/** The rows of one model, through prepared statements. */
export class RowTable {
  private readonly insert: Statement<Cell[]>;
  private readonly between: Statement<[number, number, number], StoredRow>;
  private readonly ofPosition: Statement<[number], StoredRow>;
  private readonly ofGroup: Statement<[number, number, string], StoredRow> | undefined;

  constructor(
    private readonly database: Database,
    number: number,
    private readonly form: ModelForm,
  ) {
    const table = tableName(number);
    const own = ['position', 'sequence', '"group"', ...(form.grouped ? ['group_hash'] : [])];
    const all = [...own, ...columnNames(form)];
    // Not INSERT OR IGNORE: that would pass over cells of a wrong type too.
    this.insert = database.prepare<Cell[]>(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
       ON CONFLICT (position, sequence) DO NOTHING`,
    );
    const select = `SELECT ${['position', 'sequence', '"group"', ...columnNames(form)].join(', ')} FROM ${table}`;
    this.between = this.reading(
      `${select} WHERE position > ? AND position <= ? ORDER BY position, sequence LIMIT ?`,
    );
    this.ofPosition = this.reading(`${select} WHERE position = ? ORDER BY sequence`);
    this.ofGroup = form.grouped
      ? this.reading(
          `${select} WHERE group_hash = ? AND position < ? AND "group" = ? ORDER BY position, sequence`,
        )
      : undefined;
  }

  add(rows: readonly ModelRow[]): void {
    const { grouped } = this.form;
    for (const row of rows) {
      checkCellCount(this.form, row);
      const { position, sequence, group, cells } = row;
      const own = grouped ? [position, sequence, group, groupHash(group)] : [position, sequence, group];
      this.insert.run(...own, ...cells);
    }
  }

  rows(after: Position, upTo: Position, limit: number): ModelRow[] {
    const rows = this.between.all(after, upTo, limit + 1);
    if (rows.length <= limit) return rows.map(asModelRow);
    // The row over the limit tells whether the last position is whole.
    const cut = rows[limit]![0];
    const whole = rows.filter(([position]) => position < cut);
    return (whole.length > 0 ? whole : this.ofPosition.all(cut)).map(asModelRow);
  }

  groups(groups: readonly string[], before: Position): Map<string, readonly ModelRow[]> {
    const { ofGroup } = this;
    if (!ofGroup) throw new ReadModelError('invalid', 'the rows of this model are not read by group');
    return new Map(
      groups.map((group) => [group, ofGroup.all(groupHash(group), before, group).map(asModelRow)]),
    );
  }

  private reading<P extends unknown[]>(sql: string): Statement<P, StoredRow> {
    return this.database.prepare<P, StoredRow>(sql).raw();
  }
}

function asModelRow([position, sequence, group, ...cells]: StoredRow): ModelRow {
  return { position, sequence, group, cells };
}
