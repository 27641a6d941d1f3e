import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadModels, openReadModelsOrWait } from './open.js';
import { FORM, IDENTITY } from './read-model.examples.js';

describe('read models that are not there yet', () => {
  let folder: string;
  let url: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-late-'));
    url = `sqlite:${join(folder, 'models.db')}`;
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('are unavailable until somebody makes them, then are read as any others', async () => {
    const reader = await openReadModelsOrWait(url, { readonly: true });
    const away = { name: 'ReadModelError', code: 'unavailable' };
    await expect(reader.models()).rejects.toMatchObject(away);
    await expect(reader.open(IDENTITY, FORM, '')).rejects.toMatchObject(away);
    const writer = await openReadModels(url);
    const model = await writer.open(IDENTITY, FORM, '{}');
    expect(await reader.models()).toMatchObject([{ id: model.id }]);
    expect(await (await reader.open(IDENTITY, FORM, '')).checkpoint()).toBe(0);
    await reader.close();
    await expect(reader.models()).rejects.toMatchObject(away);
    await writer.close();
  });

  it('on a server that is away are waited for; a wrong setting and a file that cannot be made are not', async () => {
    const late = await openReadModelsOrWait('mongodb://127.0.0.1:1/db?serverSelectionTimeoutMS=200');
    await expect(late.lease('projector', 'A', 1)).rejects.toMatchObject({ code: 'unavailable' });
    await late.close();
    await expect(openReadModelsOrWait('mongodb://127.0.0.1:1')).rejects.toMatchObject({ code: 'invalid' });
    await writeFile(join(folder, 'file'), '');
    const below = `sqlite:${join(folder, 'file', 'below.db')}`;
    await expect(openReadModelsOrWait(below)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
