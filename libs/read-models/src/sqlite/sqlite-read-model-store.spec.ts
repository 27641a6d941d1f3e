import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sqlite } from '#sqlite';
import { openReadModels } from '../open.js';
import { readModelContract } from '../read-model.contract.js';
import { type ModelForm, type ReadModelStore } from '../read-model.port.js';
import { groupHash } from './group-hash.js';
import { openSqliteReadModels } from './sqlite-read-model-store.js';

const FORM: ModelForm = { grouped: true, columns: [{ name: 'amount', type: 'integer' }] };
const IDENTITY = { projection: 'journeys', version: 1, catalogueDigest: 'd' };

readModelContract('SqliteReadModelStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'percorso-models-'));
  const path = join(folder, 'sub', 'folder', 'models.db');
  const stores: ReadModelStore[] = [openSqliteReadModels(path)];
  const openOne = () => {
    const store = openSqliteReadModels(path);
    stores.push(store);
    return store;
  };
  const closeAll = () => Promise.all(stores.map((store) => store.close()));
  return {
    store: stores[0]!,
    another: async () => openOne(),
    reopen: async () => {
      await closeAll();
      return openOne();
    },
    cleanup: async () => {
      await closeAll();
      await rm(folder, { recursive: true });
    },
  };
});

describe('read models in a SQLite file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-models-'));
    path = join(folder, 'models.db');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const error = (code: string, message = ''): Error =>
    expect.objectContaining({ code, message: expect.stringContaining(message) as string }) as Error;
  const opening = (file: string, readonly = false) => {
    return () => openSqliteReadModels(file, { readonly });
  };

  it('can be read while another connection writes them', async () => {
    const writer = openSqliteReadModels(path);
    const model = await writer.open(IDENTITY, FORM, '{}');
    const reader = openSqliteReadModels(path, { readonly: true });
    const seen = await reader.open(IDENTITY, FORM, '{}');
    await model.add([{ position: 1, sequence: 0, group: 'J', cells: [5] }]);
    expect(await seen.rows({ after: 0, upTo: 9, limit: 9 })).toHaveLength(1);
    await expect(seen.add([{ position: 2, sequence: 0, group: 'J', cells: [5] }])).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(reader.open({ ...IDENTITY, version: 2 }, FORM, '{}')).rejects.toMatchObject({
      code: 'unavailable',
    });
    await Promise.all([writer.close(), reader.close()]);
  });

  it('has groups in its tests that share a hash', () => {
    expect(groupHash('costarring')).toBe(groupHash('liquid'));
    expect(groupHash('declinate')).toBe(groupHash('macallums'));
  });

  it('says that a file that is only to be read is not there yet', () => {
    expect(opening(path, true)).toThrow(error('unavailable'));
  });

  it('says so too of a file that its projector has only begun to make', async () => {
    await writeFile(path, '');
    expect(opening(path, true)).toThrow(error('unavailable'));
  });

  it('says that a file is no database, and that it can be deleted', async () => {
    await writeFile(path, 'not a database at all, but long enough to be looked at as one\n'.repeat(20));
    expect(opening(path)).toThrow(error('corrupt', 'can be deleted'));
  });

  it('does not touch the database of something else', () => {
    const other = new Sqlite(path);
    other.exec('CREATE TABLE somebody (a)');
    other.close();
    expect(opening(path)).toThrow(error('invalid'));
  });

  it('says that a path cannot be used', async () => {
    await writeFile(path, '');
    expect(opening(join(path, 'below-a-file.db'))).toThrow(error('unavailable'));
    expect(opening(folder)).toThrow(error('unavailable'));
    const nowhere = '/proc/percorso/models/models.db';
    expect(opening(nowhere)).toThrow(error('unavailable', nowhere));
  });

  it('is opened by its URL', async () => {
    const store = await openReadModels(`sqlite:${path}`);
    expect(await store.models()).toEqual([]);
    await store.close();
  });

  it.each(['sqlite:', 'sqlite::memory:', 'models.db', 'redis://x'])('refuses %s', async (url) => {
    await expect(openReadModels(url)).rejects.toMatchObject({ name: 'ReadModelError', code: 'invalid' });
  });
});
