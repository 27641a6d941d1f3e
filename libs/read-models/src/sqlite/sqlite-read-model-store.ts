import { type Database } from 'better-sqlite3';
import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelIdentity,
  type ModelInfo,
  type ReadModel,
  type ReadModelStore,
} from '../read-model.port.js';
import { openConnection } from './connection.js';
import { LeaseTable } from './lease-table.js';
import { idOf, ModelTable } from './model-table.js';
import { asReadModelError } from './sqlite-errors.js';
import { SqliteReadModel } from './sqlite-read-model.js';

export interface SqliteReadModelOptions {
  /** Opens the file only to read; it has to be there. */
  readonly readonly?: boolean;
}

/**
 * Read models in one SQLite file. Several threads and processes may have it open at the same time: one writes at a
 * time, the others wait for it; readers see whole commits and never wait.
 *
 * @throws ReadModelError `unavailable`, `corrupt` or `invalid` when the file cannot be used; the message names it
 */
export function openSqliteReadModels(path: string, options: SqliteReadModelOptions = {}): ReadModelStore {
  return new SqliteReadModelStore(openConnection(path, options.readonly ?? false));
}

class SqliteReadModelStore implements ReadModelStore {
  private readonly table: ModelTable;
  private readonly leases: LeaseTable;

  constructor(private readonly database: Database) {
    this.table = new ModelTable(database);
    this.leases = new LeaseTable(database);
  }

  models(): Promise<readonly ModelInfo[]> {
    return this.access('cannot list the read models', () => this.table.list());
  }

  open(identity: ModelIdentity, form: ModelForm, catalogue: string): Promise<ReadModel> {
    return this.access(`cannot open the read model "${identity.projection}"`, () => {
      const number = this.table.find(identity, form) ?? this.create(identity, form, catalogue);
      const id = idOf({ projection: identity.projection, number });
      return new SqliteReadModel(this.database, this.access, number, id, form);
    });
  }

  serve(id: string, lease: Lease): Promise<boolean> {
    return this.access(`cannot serve ${id}`, () => this.writing(() => this.table.serve(id, lease)));
  }

  drop(id: string, lease: Lease): Promise<boolean> {
    return this.access(`cannot drop ${id}`, () => this.writing(() => this.table.drop(id, lease)));
  }

  lease(name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
    return this.access(`cannot take the lease "${name}"`, () => {
      if (holder === '') throw new ReadModelError('invalid', 'a lease needs the name of its holder');
      return this.writing(() => this.leases.take(name, holder, ttlMs));
    });
  }

  release(lease: Lease): Promise<void> {
    return this.access(`cannot give back the lease "${lease.name}"`, () => this.leases.release(lease));
  }

  async close(): Promise<void> {
    this.database.close();
  }

  private create(identity: ModelIdentity, form: ModelForm, catalogue: string): number {
    if (this.database.readonly) {
      throw new ReadModelError('unavailable', `there is no such read model of "${identity.projection}"`);
    }
    // Another thread may be making the same one: look again once nobody else writes.
    return this.writing(
      () => this.table.find(identity, form) ?? this.table.create(identity, form, catalogue),
    );
  }

  private writing<T>(work: () => T): T {
    return this.database.transaction(work).immediate();
  }

  private readonly access = async <T>(doing: string, work: () => T): Promise<T> => {
    if (!this.database.open) throw new ReadModelError('unavailable', `${doing}: the store is closed`);
    try {
      return work();
    } catch (error) {
      throw asReadModelError(error, doing);
    }
  };
}
