import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelIdentity,
  type ModelInfo,
  type ReadModel,
  type ReadModelStore,
} from '../read-model.port.js';
import { Connection, SERVER_LIMIT_MS } from './connection.js';
import { releaseLease, takeLease } from './leases.js';
import { ModelRegistry } from './model-registry.js';
import { MongodbReadModel } from './mongodb-read-model.js';
import { createRowCollection } from './row-collection.js';
import { createState, readState } from './state-document.js';

export interface MongodbReadModelOptions {
  /** Makes and changes nothing. */
  readonly readonly?: boolean;
}

/**
 * Read models in a MongoDB database: one server, a replica set or a sharded cluster, as the connection string says. No
 * transactions are needed, and every write is confirmed by a majority of the servers.
 *
 * Rejects with a ReadModelError: `invalid` when the URL, the user or the database is wrong, `unavailable` when the server
 * cannot be reached.
 */
export async function openMongodbReadModels(
  url: string,
  { readonly = false }: MongodbReadModelOptions = {},
): Promise<ReadModelStore> {
  const connection = await Connection.open(url);
  try {
    await connection.access('cannot open the read models', async (db) => {
      if (!readonly) await createState(db);
      await readState(db, SERVER_LIMIT_MS);
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new MongodbReadModelStore(connection, readonly);
}

class MongodbReadModelStore implements ReadModelStore {
  private readonly registry: ModelRegistry;

  constructor(
    private readonly connection: Connection,
    private readonly isReadonly: boolean,
  ) {
    this.registry = new ModelRegistry(connection.access);
  }

  models(): Promise<readonly ModelInfo[]> {
    return this.registry.list();
  }

  async open(identity: ModelIdentity, form: ModelForm, catalogue: string): Promise<ReadModel> {
    const { registry, isReadonly } = this;
    const { access } = this.connection;
    let found = await registry.find(identity, form);
    if (!found) this.refuseToRead(`there is no such read model of "${identity.projection}"`);
    while (!found) {
      await registry.create(identity, form, catalogue);
      found = await registry.find(identity, form);
    }
    const [id, { checkpoint }] = found;
    // Also where it was found, as long as nothing was written: whoever made it may have been stopped before this.
    if (!isReadonly && checkpoint === 0) {
      await access(`cannot make the collection of ${id}`, (db) => createRowCollection(db, id, form));
    }
    return new MongodbReadModel(access, registry, id, form, isReadonly);
  }

  async serve(id: string, lease: Lease): Promise<boolean> {
    this.refuseToRead();
    return this.registry.serve(id, lease);
  }

  async drop(id: string, lease: Lease): Promise<boolean> {
    this.refuseToRead();
    return this.registry.drop(id, lease);
  }

  async lease(name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
    this.refuseToRead();
    if (holder === '') throw new ReadModelError('invalid', 'a lease needs the name of its holder');
    return this.connection.access(`cannot take the lease "${name}"`, (db) =>
      takeLease(db, name, holder, ttlMs),
    );
  }

  release(lease: Lease): Promise<void> {
    return this.connection.access(`cannot give back the lease "${lease.name}"`, (db) =>
      releaseLease(db, lease),
    );
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private refuseToRead(reason = 'the read models were opened only to be read'): void {
    if (this.isReadonly) throw new ReadModelError('unavailable', reason);
  }
}
