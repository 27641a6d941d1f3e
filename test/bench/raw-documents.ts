/**
 * The limit for a rebuild into MongoDB: the very documents that the read models hold (read beforehand, not counted) are
 * written into collections with the same indexes, by bulk writes of as many documents and with the same write concern.
 *
 *   node raw-documents.js READ-MODELS-URL NEW-DATABASE-URL   prints seconds and documents
 */
import { type Document, MongoClient } from 'mongodb';

const DOCUMENTS_A_WRITE = 1_000;
/** As many as the driver has connections for. */
const WRITES_AT_A_TIME = 8;

const [from, to] = process.argv.slice(2) as [string, string];
const source = new MongoClient(from);
const target = new MongoClient(to, {
  maxPoolSize: WRITES_AT_A_TIME,
  writeConcern: { w: 'majority', journal: true },
});
const { databaseName } = target.db();

interface Write {
  readonly collection: string;
  readonly documents: Document[];
}

const writes: Write[] = [];
for (const { name } of await source.db().listCollections({}, { nameOnly: true }).toArray()) {
  if (!name.startsWith('rows_')) continue;
  const documents = await source.db().collection(name).find().sort({ _id: 1 }).toArray();
  for (let start = 0; start < documents.length; start += DOCUMENTS_A_WRITE)
    writes.push({ collection: name, documents: documents.slice(start, start + DOCUMENTS_A_WRITE) });
  for (const { key } of await source.db().collection(name).indexes())
    if (!('_id' in key) || Object.keys(key).length > 1)
      await target.db(databaseName).collection(name).createIndex(key);
}
await source.close();

const queue = writes.values();
async function writer(): Promise<void> {
  for (const { collection, documents } of queue)
    await target.db(databaseName).collection(collection).insertMany(documents, { ordered: false });
}
const started = performance.now();
await Promise.all(Array.from({ length: WRITES_AT_A_TIME }, writer));
const seconds = (performance.now() - started) / 1000;
await target.close();
const documents = writes.reduce((sum, write) => sum + write.documents.length, 0);
process.stdout.write(JSON.stringify({ seconds, documents }));
