import { type Collection, type Db, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { checkCellCount, fits } from '../model-form.js';
import { ReadModelError } from '../read-model.error.js';
import { type Cell, type ModelForm, type ModelRow, type Position } from '../read-model.port.js';
import { SERVER_LIMIT_MS } from './connection.js';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { firstKey, lastKey, placeOf, rowKey } from './row-key.js';

/** A row: its place as `_id`, its group, and its cells by the names of the columns; what is null is left out. */
interface RowDocument {
  readonly _id: string;
  readonly group: string;
  readonly [column: string]: Cell | undefined;
}

const PREFIX = 'rows_';
/** Rows an insert, and inserts at a time: the server stores one lot while the next one is written down. */
const LOT = 1_000;
/** Groups that are asked for at a time. */
const GROUPS_A_QUESTION = 1_000;
/** Documents a reply. */
const BATCH = 10_000;

export const collectionName = (id: string): string => PREFIX + id;

/** The id of the model whose rows are in the collection; undefined when it is none of rows. */
export function modelIdOf(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** Makes the collection and its indexes where they are missing, spread over the shards where there are any. */
export async function createRowCollection(db: Db, id: string, { grouped }: ModelForm): Promise<void> {
  const name = collectionName(id);
  // Ends with the key: the rows of a group stand in it in their order.
  if (grouped) await db.collection(name).createIndex({ group: 1, _id: 1 });
  else await db.createCollection(name).catch(ignoreExisting);
  try {
    await db.admin().command({ shardCollection: `${db.databaseName}.${name}`, key: { group: 'hashed' } });
  } catch (error) {
    // No router of a sharded cluster, or a user that may not do this: the collection stays on one server.
    if (!(error instanceof MongoServerError)) throw error;
  }
}

const NAMESPACE_EXISTS = 48;

function ignoreExisting(error: unknown): void {
  if (!(error instanceof MongoServerError && error.code === NAMESPACE_EXISTS)) throw error;
}

/** The rows of one model. Filters hold nothing but texts that this code has made. */
export class RowCollection {
  constructor(
    private readonly id: string,
    private readonly form: ModelForm,
  ) {}

  async add(db: Db, rows: readonly ModelRow[]): Promise<void> {
    const collection = this.in(db);
    const documents = rows.map((row) => this.asDocument(row));
    const lots = Array.from({ length: Math.ceil(documents.length / LOT) }, (_, index) =>
      documents.slice(index * LOT, (index + 1) * LOT),
    );
    await Promise.all(lots.map((lot) => insertMissing(collection, lot)));
  }

  async rows(db: Db, after: Position, upTo: Position, limit: number): Promise<ModelRow[]> {
    if (upTo <= after) return [];
    const found = await this.between(db, { $gt: lastKey(after), $lte: lastKey(upTo) }, limit + 1);
    if (found.length <= limit) return found;
    // The row over the limit tells whether the last position is whole.
    const cut = found[limit]!.position;
    const whole = found.filter(({ position }) => position < cut);
    return whole.length > 0 ? whole : this.between(db, { $gte: firstKey(cut), $lte: lastKey(cut) });
  }

  async groups(db: Db, groups: readonly string[], before: Position): Promise<Map<string, ModelRow[]>> {
    if (!this.form.grouped) {
      throw new ReadModelError('invalid', 'the rows of this model are not read by group');
    }
    const found = new Map(groups.map((group): [string, ModelRow[]] => [String(group), []]));
    const names = [...found.keys()];
    for (let from = 0; from < names.length; from += GROUPS_A_QUESTION) {
      const filter = {
        group: { $in: names.slice(from, from + GROUPS_A_QUESTION) },
        _id: { $lt: firstKey(before) },
      };
      const documents = await this.in(db)
        .find(filter, { batchSize: BATCH, maxTimeMS: SERVER_LIMIT_MS })
        .toArray();
      for (const document of documents) found.get(document.group)!.push(this.asRow(document));
    }
    for (const rows of found.values()) rows.sort(byPlace);
    return found;
  }

  private in(db: Db): Collection<RowDocument> {
    return db.collection<RowDocument>(collectionName(this.id));
  }

  private async between(db: Db, _id: Readonly<Record<string, string>>, limit = 0): Promise<ModelRow[]> {
    const options = { limit, batchSize: limit || BATCH, maxTimeMS: SERVER_LIMIT_MS };
    const documents = await this.in(db).find({ _id }, options).sort({ _id: 1 }).toArray();
    return documents.map((document) => this.asRow(document));
  }

  private asDocument(row: ModelRow): RowDocument {
    checkCellCount(this.form, row);
    const document: Record<string, Cell> = {
      _id: rowKey(row.position, row.sequence),
      group: String(row.group),
    };
    this.form.columns.forEach((column, index) => {
      const cell = row.cells[index]!;
      if (!fits(cell, column)) {
        throw new ReadModelError('invalid', `a row has no ${column.type} in the column "${column.name}"`);
      }
      if (cell !== null) document[column.name] = cell;
    });
    return document as unknown as RowDocument;
  }

  private asRow(document: RowDocument): ModelRow {
    const { position, sequence } = placeOf(document._id);
    const cells = this.form.columns.map(({ name }) => document[name] ?? null);
    return { position, sequence, group: document.group, cells };
  }
}

const byPlace = (a: ModelRow, b: ModelRow) => a.position - b.position || a.sequence - b.sequence;

/** Not an upsert: a row that is there is the same one, or the first of its place. */
async function insertMissing(collection: Collection<RowDocument>, lot: RowDocument[]): Promise<void> {
  try {
    await collection.insertMany(lot, { ordered: false });
  } catch (error) {
    if (!isOnlyRepetition(error)) throw error;
  }
}

function isOnlyRepetition(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return false;
  const failed = [error.writeErrors].flat();
  return failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
}
