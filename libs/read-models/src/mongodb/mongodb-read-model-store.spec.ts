import { type Db, MongoClient } from 'mongodb';
import { openReadModels } from '../open.js';
import { readModelContract } from '../read-model.contract.js';
import { type ModelForm, type ReadModelStore } from '../read-model.port.js';
import { describeWithMongodb, MONGODB_TOPOLOGIES, MongodbServer } from '../testing/mongodb-server.js';

const FORM: ModelForm = { grouped: true, columns: [{ name: 'amount', type: 'integer' }] };
const IDENTITY = { projection: 'journeys', version: 1, catalogueDigest: 'd' };

async function inDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}

describeWithMongodb('read models in MongoDB', () => {
  describe.each(MONGODB_TOPOLOGIES)('on a %s', (topology) => {
    let server: MongodbServer;

    beforeAll(async () => {
      server = await MongodbServer.start({ topology });
    });

    afterAll(() => server.stop());

    readModelContract(`MongodbReadModelStore on a ${topology}`, async () => {
      const url = server.url();
      const stores: ReadModelStore[] = [];
      const openOne = async () => {
        const store = await openReadModels(url);
        stores.push(store);
        return store;
      };
      const closeAll = () => Promise.all(stores.map((store) => store.close()));
      return {
        store: await openOne(),
        another: openOne,
        reopen: async () => {
          await closeAll();
          return openOne();
        },
        cleanup: async () => {
          await closeAll();
          await inDatabase(url, (db) => db.dropDatabase());
        },
      };
    });
  });

  describe('in a database', () => {
    let server: MongodbServer;
    let url: string;
    let store: ReadModelStore;

    beforeAll(async () => {
      server = await MongodbServer.start();
    });

    beforeEach(async () => {
      url = server.url();
      store = await openReadModels(url);
    });

    afterEach(async () => {
      await store.close();
      await inDatabase(url, (db) => db.dropDatabase());
    });

    afterAll(() => server.stop());

    const everything = { after: 0, upTo: 9, limit: 9 };

    it('keeps a row under its place, with its cells by their names', async () => {
      const model = await store.open(IDENTITY, FORM, '{}');
      await model.add([
        { position: 12, sequence: 3, group: 'J', cells: [5] },
        { position: 12, sequence: 4, group: 'J', cells: [null] },
      ]);
      const documents = await inDatabase(url, (db) => db.collection(`rows_${model.id}`).find().toArray());
      expect(documents).toEqual([
        { _id: '0000000000000012-000003', group: 'J', amount: 5 },
        { _id: '0000000000000012-000004', group: 'J' },
      ]);
    });

    it('makes the indexes that the documentation lists, also when they went missing', async () => {
      const model = await store.open(IDENTITY, FORM, '{}');
      const keys = () =>
        inDatabase(url, async (db) => {
          const indexes = await db.collection(`rows_${model.id}`).indexes();
          return indexes.map(({ key }) => Object.keys(key as object));
        });
      expect(await keys()).toEqual([['_id'], ['group', '_id']]);
      await inDatabase(url, (db) => db.collection(`rows_${model.id}`).dropIndexes());
      await store.open(IDENTITY, FORM, '{}');
      expect(await keys()).toEqual([['_id'], ['group', '_id']]);
    });

    it('can be read while another connection writes them, and makes nothing then', async () => {
      const before = await openReadModels(server.url(), { readonly: true });
      expect(await before.models()).toEqual([]);
      await before.close();
      const model = await store.open(IDENTITY, FORM, '{}');
      const reader = await openReadModels(url, { readonly: true });
      const seen = await reader.open(IDENTITY, FORM, '{}');
      await model.add([{ position: 1, sequence: 0, group: 'J', cells: [5] }]);
      expect(await seen.rows(everything)).toHaveLength(1);
      const lease = (await store.lease('projector', 'A', 1000))!;
      const refused = { name: 'ReadModelError', code: 'unavailable' };
      await expect(seen.add([{ position: 2, sequence: 0, group: 'J', cells: [5] }])).rejects.toMatchObject(
        refused,
      );
      await expect(seen.advance(0, 1, lease)).rejects.toMatchObject(refused);
      await expect(reader.serve(model.id, lease)).rejects.toMatchObject(refused);
      await expect(reader.lease('projector', 'A', 1000)).rejects.toMatchObject(refused);
      await expect(reader.open({ ...IDENTITY, version: 2 }, FORM, '{}')).rejects.toMatchObject(refused);
      expect(await model.rows(everything)).toHaveLength(1);
      await reader.close();
    });

    it('leaves no rows of a dropped model behind, not even those that a late writer adds', async () => {
      const lease = (await store.lease('projector', 'A', 60_000))!;
      const [first, second] = [
        await store.open(IDENTITY, FORM, '{}'),
        await store.open({ ...IDENTITY, version: 2 }, FORM, '{}'),
      ];
      await store.drop(first.id, lease);
      await first.add([{ position: 1, sequence: 0, group: 'J', cells: [5] }]);
      const collections = () =>
        inDatabase(url, async (db) => (await db.listCollections().toArray()).map(({ name }) => name).sort());
      expect(await collections()).toContain(`rows_${first.id}`);
      await store.drop(second.id, lease);
      expect(await collections()).toEqual(['catalogues', 'state']);
    });

    it('goes on with empty models, and other ids, after the database was dropped', async () => {
      const before = await store.open(IDENTITY, FORM, '{}');
      const first = (await store.lease('projector', 'A', 60_000))!;
      await inDatabase(url, (db) => db.dropDatabase());
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(await store.models()).toEqual([]);
      expect(await before.advance(0, 1, first)).toBe(false);
      expect(await store.lease('projector', 'A', 60_000)).toMatchObject({ holder: 'A' });
      expect((await store.open(IDENTITY, FORM, '{}')).id).not.toBe(before.id);
    });

    it('does not touch read models of another form', async () => {
      await inDatabase(url, (db) => db.collection('state').updateOne({}, { $set: { form: 99 } }));
      await expect(openReadModels(url)).rejects.toMatchObject({ code: 'invalid' });
      await expect(store.models()).rejects.toMatchObject({ code: 'invalid' });
    });

    it('refuses a row that is larger than a document can be', async () => {
      const form: ModelForm = { grouped: false, columns: [{ name: 'text', type: 'text' }] };
      const model = await store.open({ ...IDENTITY, version: 3 }, form, '{}');
      const row = { position: 1, sequence: 0, group: 'J', cells: ['x'.repeat(17 * 1024 * 1024)] };
      await expect(model.add([row])).rejects.toMatchObject({ code: 'invalid' });
    });
  });
});

describe('the URL of read models in MongoDB', () => {
  it.each([
    ['mongodb://127.0.0.1', 'names no database'],
    ['mongodb://127.0.0.1/', 'names no database'],
    ['mongodb://127.0.0.1/?tls=true', 'names no database'],
    ['mongodb://user:secret@127.0.0.1/db?nonsense=1', 'nonsense'],
    ['mongodb://user:secret@127.0.0.1/db?tls=maybe', 'tls'],
    ['mongodb://user:secret@:-1/db', 'cannot be used'],
    ['mongodb://user:secret@a,b/db?directConnection=true', 'directConnection'],
  ])('%s is refused, and its password is not told', async (url, told) => {
    const error = await openReadModels(url).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: 'ReadModelError', code: 'invalid' });
    expect((error as Error).message).toContain(told);
    expect((error as Error).message).not.toContain('secret');
  });

  it('of a server that is away is unavailable, soon', async () => {
    const start = Date.now();
    await expect(openReadModels('mongodb://127.0.0.1:1/db')).rejects.toMatchObject({ code: 'unavailable' });
    expect(Date.now() - start).toBeLessThan(6_000);
  });
});
