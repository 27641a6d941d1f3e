import { createHash } from 'node:crypto';
import { type Db } from 'mongodb';
import { checkForm, otherForm, writtenForm } from '../model-form.js';
import { ReadModelError } from '../read-model.error.js';
import {
  type Lease,
  type ModelForm,
  type ModelIdentity,
  type ModelInfo,
  type ModelProblem,
  type ModelState,
  type Position,
} from '../read-model.port.js';
import { type Access, SERVER_LIMIT_MS } from './connection.js';
import { isDuplicateKey } from './mongodb-errors.js';
import { collectionName, modelIdOf } from './row-collection.js';
import {
  type ModelEntry,
  readState,
  type StateDocument,
  stateOf,
  THE_STATE,
  whileHeld,
} from './state-document.js';

interface CatalogueDocument {
  /** SHA-256 of the catalogue. */
  readonly _id: string;
  readonly catalogue: string;
}

/** The models of a store and what is known of each. */
export class ModelRegistry {
  private readonly catalogues = new Map<string, string>();

  constructor(private readonly access: Access) {}

  list(): Promise<ModelInfo[]> {
    return this.access('cannot list the read models', async (db) => {
      const models = Object.entries((await read(db)).models);
      for (const [, { catalogue }] of models) await this.loadCatalogue(db, catalogue);
      return models
        .map(([id, model]) => this.asInfo(id, model))
        .sort((a, b) => numberOf(a.id) - numberOf(b.id));
    });
  }

  /** The model with its id, or undefined when there is none. */
  find(
    { projection, version, catalogueDigest, generation = 0 }: ModelIdentity,
    form: ModelForm,
  ): Promise<[string, ModelEntry] | undefined> {
    return this.access(`cannot look for the read model "${projection}"`, async (db) => {
      const found = findIn(await read(db), { projection, version, catalogueDigest, generation });
      if (found && found[1].form !== writtenForm(form)) throw otherForm(projection, version);
      return found;
    });
  }

  /** Makes a model in state `building`, unless another was faster. Its rows need a collection yet. */
  create(identity: ModelIdentity, form: ModelForm, catalogue: string): Promise<void> {
    checkForm(form);
    checkProjection(identity.projection);
    const { projection, version, catalogueDigest: digest, generation = 0 } = identity;
    return this.access(`cannot make the read model "${projection}"`, async (db) => {
      const state = await read(db);
      if (findIn(state, identity)) return;
      const entry: ModelEntry = {
        projection,
        version,
        digest,
        generation,
        form: writtenForm(form),
        catalogue: await keepCatalogue(db, catalogue),
        state: 'building',
        checkpoint: 0,
        problem: null,
      };
      // Changes are never counted twice, so an id never means another model.
      const id = `${projection}-${state.changes + 1}`;
      await stateOf(db).updateOne(
        { ...THE_STATE, changes: state.changes },
        { $set: { [`models.${id}`]: entry }, $inc: { changes: 1 } },
      );
    });
  }

  /** Makes it the serving one of its projection; false when the lease is not the newest. */
  serve(id: string, lease: Lease): Promise<boolean> {
    return this.change(`cannot serve ${id}`, id, lease, ({ models }) => {
      const { projection } = models[id]!;
      const others = Object.entries(models).filter(
        ([other, model]) => other !== id && model.projection === projection && model.state === 'serving',
      );
      const states: Record<string, ModelState> = { [`models.${id}.state`]: 'serving' };
      for (const [other] of others) states[`models.${other}.state`] = 'retired';
      return { $set: states };
    });
  }

  /** Removes it with its rows, and rows that were left over; false when the lease is not the newest. */
  async drop(id: string, lease: Lease): Promise<boolean> {
    const isGone = await this.change(`cannot drop ${id}`, id, lease, () => ({
      $unset: { [`models.${id}`]: '' },
    }));
    // After that nobody takes what is left of the rows for all of them.
    if (isGone) await this.access(`cannot drop the rows of ${id}`, dropStrayRows);
    return isGone;
  }

  async checkpoint(id: string): Promise<Position> {
    return this.access(`cannot read ${id}`, async (db) => (await entryOf(db, id)).checkpoint);
  }

  /** Moves the checkpoint from one place to another; false when it is elsewhere or the lease is not the newest. */
  advance(id: string, from: Position, to: Position, lease: Lease): Promise<boolean> {
    return this.access(`cannot write ${id}`, async (db) => {
      const path = `models.${id}.checkpoint`;
      const { matchedCount } = await stateOf(db).updateOne(
        { ...whileHeld(lease), [path]: Number(from) },
        { $set: { [path]: to } },
      );
      return matchedCount === 1;
    });
  }

  report(id: string, problem: ModelProblem | null, lease: Lease): Promise<boolean> {
    return this.access(`cannot write ${id}`, async (db) => {
      await entryOf(db, id);
      const isThere = { [`models.${id}`]: { $exists: true } };
      const { matchedCount } = await stateOf(db).updateOne(
        { ...whileHeld(lease), ...isThere },
        { $set: { [`models.${id}.problem`]: problem } },
      );
      return matchedCount === 1;
    });
  }

  /** Tries again when the models were changed by another meanwhile. */
  private change(
    doing: string,
    id: string,
    lease: Lease,
    update: (state: StateDocument) => Record<string, Record<string, unknown>>,
  ): Promise<boolean> {
    return this.access(doing, async (db) => {
      for (;;) {
        const state = await read(db);
        if (!Object.hasOwn(state.models, id)) {
          throw new ReadModelError('invalid', `there is no read model "${id}"`);
        }
        const { matchedCount } = await stateOf(db).updateOne(
          { ...whileHeld(lease), changes: state.changes },
          { ...update(state), $inc: { changes: 1 } },
        );
        if (matchedCount === 1) return true;
        if ((await read(db)).changes === state.changes) return false;
      }
    });
  }

  private async loadCatalogue(db: Db, key: string): Promise<void> {
    if (this.catalogues.has(key)) return;
    const found = await cataloguesOf(db).findOne({ _id: key }, { maxTimeMS: SERVER_LIMIT_MS });
    if (!found) throw new ReadModelError('corrupt', `a read model's programme catalogue ${key} is missing`);
    this.catalogues.set(key, found.catalogue);
  }

  private asInfo(id: string, { digest, form: _form, catalogue, ...model }: ModelEntry): ModelInfo {
    return { ...model, id, catalogueDigest: digest, catalogue: this.catalogues.get(catalogue)! };
  }
}

const read = (db: Db) => readState(db, SERVER_LIMIT_MS);
const cataloguesOf = (db: Db) => db.collection<CatalogueDocument>('catalogues');
const numberOf = (id: string) => Number(id.slice(id.lastIndexOf('-') + 1));

/** @throws ReadModelError `unavailable` when the model was dropped */
export async function entryOf(db: Db, id: string): Promise<ModelEntry> {
  const found = (await read(db)).models[id];
  if (!found) throw new ReadModelError('unavailable', `${id} was dropped`);
  return found;
}

function findIn(
  { models }: StateDocument,
  { projection, version, catalogueDigest, generation = 0 }: ModelIdentity,
): [string, ModelEntry] | undefined {
  return Object.entries(models).find(
    ([, model]) =>
      model.projection === projection &&
      model.version === version &&
      model.digest === catalogueDigest &&
      model.generation === generation,
  );
}

/** It becomes a part of a field's path and of a collection's name. */
function checkProjection(projection: string): void {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(projection)) return;
  throw new ReadModelError('invalid', `"${projection}" is no name of a projection`);
}

async function keepCatalogue(db: Db, catalogue: string): Promise<string> {
  const _id = createHash('sha256').update(catalogue).digest('hex');
  await cataloguesOf(db)
    .insertOne({ _id, catalogue })
    .catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  return _id;
}

/** A model is known before its rows are, so rows whose model is not known now belong to one that was dropped. */
async function dropStrayRows(db: Db): Promise<void> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  const { models } = await read(db);
  for (const { name } of collections) {
    const id = modelIdOf(name);
    if (id !== undefined && !Object.hasOwn(models, id)) await db.dropCollection(collectionName(id));
  }
}
